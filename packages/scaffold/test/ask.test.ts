import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ask, type Answers } from '../src/ask.js';

const ENTER = '\r';
const DOWN = '\u001b[B';

/** One key after the other, so that the question is drawn anew between two, however slow that is. */
async function type(input: PassThrough, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await sleep(20);
    input.write(key);
  }
}

/** Answers with keys, one question after the other; each is `[what the question says, keys]`. */
async function answered(given: Answers, ...replies: [question: string, keys: string[]][]): Promise<[Answers, string]> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 30 });
  let shown = '';
  let asked = 0;
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    const reply = replies[asked];
    if (reply === undefined || !shown.includes(reply[0])) return;
    asked++;
    void type(input, reply[1]);
  });
  return [await ask(given, { input, output }), shown];
}

describe('questions', () => {
  it('are asked for what flags have not said', async () => {
    const [answers] = await answered(
      {},
      ['What shall it be?', [ENTER]],
      ['Name of the plugin', ['foo', ENTER]],
      ['Which hook', [DOWN, ENTER]],
      ['Licence', [DOWN, ENTER]],
    );
    expect(answers).toEqual({ kind: 'plugin', name: 'foo', hook: 'affine', licence: 'MIT' });
  });

  it('are not asked for what flags have said', async () => {
    const [answers, shown] = await answered({ kind: 'backbone', name: 'foo', singleFile: true });
    expect(answers).toEqual({ kind: 'backbone', name: 'foo', singleFile: true });
    expect(shown).not.toContain('?');
  });

  it('ask for a name where none is typed', async () => {
    const [answers] = await answered(
      { kind: 'plugin', hook: 'step', licence: 'MIT' },
      ['Name of the plugin', [ENTER]],
      ['Type a name, e.g. foo.', ['foo', ENTER]],
    );
    expect(answers.name).toBe('foo');
  });

  it('say at once what is wrong with a name', async () => {
    const [answers, shown] = await answered(
      { kind: 'plugin', hook: 'step', licence: 'MIT' },
      ['Name of the plugin', ['star', ENTER]],
      ['comes with mdctr', ['-like', ENTER]],
    );
    expect(answers.name).toBe('star-like');
    expect(shown).toContain('my-star');
  });
});
