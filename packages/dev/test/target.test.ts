import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { openTarget } from '../src/target.js';

/** Opens what these files are; paths are given as seen from their folder. */
function opened(files: Readonly<Record<string, string>>, name = '.') {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-dev-test-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { entries, tests, study } = openTarget(join(folder, name));
  const seen = (path: string): string => relative(folder, path);
  return { entries: entries.map(seen), tests: tests.map(seen), study: study && seen(study) };
}

const packaged = {
  'package.json': '{ "exports": { ".": { "types": "./dist/foo.d.ts", "default": "./dist/foo.js" } } }',
  'src/foo.ts': '',
  'test/foo.test.ts': "import { checkPlugin } from '@mdctr/testkit';\nimport { Foo } from '../src/foo.js';",
  'test/other.test.ts': '',
  'study.json': '{ "packages": ["./src/foo.ts"] }',
};

it('finds the source of a package without a build, its test and its study', () => {
  const found = { entries: ['src/foo.ts'], tests: ['test/foo.test.ts'], study: 'study.json' };
  expect(opened(packaged)).toEqual(found);
  expect(opened(packaged, 'src/foo.ts')).toEqual({ ...found, study: undefined }); // the study is not beside the file
});

it('takes the files of a study where no package says what it is', () => {
  expect(opened({ 'a.ts': '', 'b.js': '', 'study.json': '{ "packages": ["./b.js", "@mdctr/apg"] }' })).toMatchObject({
    entries: ['b.js'],
    study: 'study.json',
  });
});

it("takes a single file's study only where it loads the file", () => {
  const files = { 'a.ts': '', 'b.ts': '', 'study.json': '{ "packages": ["./b.ts"] }' };
  expect(opened(files, 'b.ts').study).toBe('study.json');
  expect(opened(files, 'a.ts').study).toBeUndefined();
});
