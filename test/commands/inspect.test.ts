import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspection } from '@mdctr/inspect';
import { describe, expect, it } from 'vitest';
import { root, runInHost, temporaryFolder } from '../support/command.js';

const DOCUMENT = join(root, 'docs/guides/inspect.md');

/** A command of the document with what it prints below it. `MDCTR_UPDATE_DOCS=1` writes it there. */
async function expectDocumented(kind: 'text' | 'mermaid'): Promise<void> {
  const text = readFileSync(DOCUMENT, 'utf8');
  const block = new RegExp('mdctr (inspect examples.*)\n```\n\n```' + kind + '\n([^`]*)```');
  const [, command, printed] = block.exec(text)!;
  const { code, stdout, stderr } = await runInHost([...command!.split(' '), '--no-cache']);
  expect(code, stderr).toBe(0);
  if (process.env.MDCTR_UPDATE_DOCS) {
    writeFileSync(
      DOCUMENT,
      text.replace(block, (all) => `${all.slice(0, all.length - 3 - printed!.length)}${stdout}\`\`\``),
    );
  } else expect(printed).toBe(stdout);
}

/** Names of all keys of a JSON value. */
const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysOf)]
    : [];

describe('mdctr inspect', () => {
  it('prints the tree that the document shows', () => expectDocumented('text'));

  it('prints the chart that the document shows', () => expectDocumented('mermaid'));

  it('writes JSON whose keys are documented, and a page, and nothing else', async () => {
    const folder = temporaryFolder();
    const [out, page] = [join(folder, 'model.json'), join(folder, 'model.html')];
    const files = ['--out', out, '--html', page, '--format', 'json'];
    const plugins = [
      '--set',
      'plugins=["maml",{"name":"adasparse","layers":"deep"}]',
      '--set',
      'data.source.rows=2000',
    ];
    const trial = ['inspect', 'examples/quickstart/trial.json', '--no-cache'];
    const { code, stdout } = await runInHost([...trial, ...files, ...plugins]);
    expect([code, stdout]).toEqual([0, `Written: ${page}\nWritten: ${out}\n`]);
    expect(existsSync(page)).toBe(true);
    const inspection = JSON.parse(readFileSync(out, 'utf8')) as Inspection & { name: string };
    expect(inspection).toMatchObject({ version: 1, name: 'Quickstart, dcnv2 with adasparse', backbone: 'dcnv2' });
    const documented = readFileSync(DOCUMENT, 'utf8');
    expect(
      [...new Set(keysOf(inspection))].filter((key) => !new RegExp(`\`${key}(\\[\\])?\``).test(documented)),
    ).toEqual([]);
  });
});
