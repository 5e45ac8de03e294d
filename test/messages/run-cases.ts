import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runInHost } from '../support/command.js';
import { write } from '../recipes/layouts/layout.js';
import { common, type Case } from './case.js';

const DOCUMENT = join(root, 'docs/reference/errors.md');
/** A message that fits on a screen. */
const MOST_LINES = 25;

/** Runs each case in a folder of its own, and holds its message to what every message promises. */
export function runCases(area: string, cases: readonly Case[], prepare?: (folder: string) => void): void {
  describe(area, () => {
    it.each(cases.map((one) => [one.what, one] as const))('%s', async (_what, one) => {
      const { args, files = {}, env, says, code, exit = 1, leaves = [], writesFail, documented } = one;
      const stack = /^\s+at \S+ \(|^\s+at (file|node):|This is a fault of mdctr/m;
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mdctr-messages-')));
      prepare?.(folder);
      write(folder, { ...common, ...files });
      for (const name of one.without ?? []) rmSync(join(folder, name));
      const before = readdirSync(folder, { recursive: true });
      const outcome = await runInHost(args, { cwd: folder, env: { ...env }, ...(writesFail && { writesFail }) });
      const message = outcome.stderr.replaceAll(`${folder}/`, '').replaceAll(root, '');
      if (process.env.MDCTR_SHOW_MESSAGES)
        process.stdout.write(`\n--- ${area}: ${one.what} (exit ${outcome.code})\n${message}`);
      expect(outcome.code, message).toBe(exit);
      const words = message.slice(Math.max(0, message.indexOf('MDCTR_')));
      if (code !== '') expect(words.startsWith(`${code}: `), message).toBe(true);
      for (const part of says) expect(message).toContain(part);
      expect(words.trimEnd().split('\n').length, message).toBeLessThanOrEqual(MOST_LINES);
      expect(message).not.toMatch(stack);
      if (!one.namesFolders) expect(message).not.toContain('node_modules');
      expect(readdirSync(folder, { recursive: true }).sort()).toEqual([...before, ...leaves].sort());
      if (documented) expectDocumented(code, words.trimEnd());
    });
  });
}

/** The example of a code in the document is this message. `MDCTR_UPDATE_DOCS=1` writes it there. */
export function expectDocumented(code: string, message: string): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  // Blocks of examples, a blank line between two.
  const example = new RegExp(`^${code}: .*(\\n {2}.*)*`, 'm');
  expect(text, `docs/reference/errors.md has no example of ${code}`).toMatch(example);
  if (process.env.MDCTR_UPDATE_DOCS)
    writeFileSync(
      DOCUMENT,
      text.replace(example, () => message),
    );
  else expect(example.exec(text)![0]).toBe(message);
}
