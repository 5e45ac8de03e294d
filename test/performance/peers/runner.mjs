import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * A process that trains a block of steps when it is told to.
 * @throws Error with the end of its stderr where it ends before it was told to; so does `block`.
 */
export async function startRunner(name, { program, args, cwd }) {
  const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-2000)));
  child.stdin.on('error', () => {}); // that it has ended is told by its stdout
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended: ${errors}`);
    return JSON.parse(value);
  };
  await answer();
  const blocks = [];
  return {
    /** Milliseconds of each step, block by block. */
    blocks,
    async block() {
      child.stdin.write('go\n');
      blocks.push((await answer()).ms);
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
