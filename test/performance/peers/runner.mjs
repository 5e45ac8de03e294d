import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that trains a block of steps when it is told to; undefined, and a word on stderr, if it does not start. */
export async function startRunner(name, [program, ...args]) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-2000)));
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended: ${errors}`);
    return JSON.parse(value);
  };
  const blocks = [];
  const runner = {
    name,
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
  try {
    await answer();
    return runner;
  } catch (error) {
    console.error(error.message);
    return undefined;
  }
}
