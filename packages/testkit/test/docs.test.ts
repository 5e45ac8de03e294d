import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CHECKS, META_CHECKS, PROMISES } from '../src/index.js';

const file = fileURLToPath(new URL('../../../docs/guides/testkit.md', import.meta.url));

const checks = [
  '| check | promise | what it means |',
  '| --- | --- | --- |',
  ...[...META_CHECKS.map((check) => ({ ...check, promise: undefined, costly: false })), ...CHECKS].map(
    ({ id, promise, costly, title }) => `| \`${id}\` | ${promise ?? ''}${costly ? ' *c*' : ''} | ${title} |`,
  ),
].join('\n');
const promises = Object.entries(PROMISES)
  .map(([number, promise]) => `${number}. ${promise}`)
  .join('\n');

/** The document with what is generated put in. */
const filled = (text: string): string =>
  [
    ['checks', checks],
    ['promises', promises],
  ].reduce(
    (result, [name, content]) =>
      result.replace(
        new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`),
        () => `<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->`,
      ),
    text,
  );

it('docs/guides/testkit.md lists every check and every promise (MDCTR_WRITE=1 writes them)', () => {
  const text = readFileSync(file, 'utf8');
  if (process.env.MDCTR_WRITE === '1') writeFileSync(file, filled(text));
  expect(readFileSync(file, 'utf8')).toBe(filled(text));
});
