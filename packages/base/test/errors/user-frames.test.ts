import { userFrames, thrownText } from '../../src/index.js';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
const project = realpathSync(mkdtempSync(join(tmpdir(), 'mdctr-frames-')));
const manifests: Readonly<Record<string, object>> = {
  '': { name: 'mine', dependencies: { mdctr: '1' } },
  'node_modules/@mdctr/tensor': { name: '@mdctr/tensor' },
  // What lies inside has a name of its own, or none.
  'node_modules/@mdctr/tensor/vendor/tfjs-node': { name: 'tfjs' },
  'node_modules/lodash': { name: 'lodash' },
  'node_modules/mdctr-plugin-foo': { name: 'mdctr-plugin-foo', peerDependencies: { '@mdctr/core': '1' } },
};
for (const [folder, manifest] of Object.entries(manifests)) {
  const file = join(project, folder, 'package.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(manifest));
}

describe('frames of a stack', () => {
  it("are the project's own, and those of installed packages that are made for mdctr", () => {
    const files = [
      'node_modules/@mdctr/tensor/vendor/tfjs-node/dist/index.js',
      'node_modules/lodash/map.js',
      'node_modules/mdctr-plugin-foo/dist/index.js',
      'node_modules/mdctr-plugin-foo/node_modules/left-pad/index.js',
      'src/bad.ts',
    ];
    const stack = ['Error: x', ...files.map((file) => `    at run (${join(project, file)}:1:2)`)].join('\n');
    const kept = [files[2]!, files[4]!].map((file) => `${join(project, file)}:1:2, in run`);
    expect(userFrames({ stack })).toEqual(kept);
    expect(userFrames({ stack }, project)).toEqual(kept);
  });
});

describe('what was thrown, in words', () => {
  it.each([
    ['Invalid TF_Status: 3\nMessage: Incompatible shapes', 'Incompatible shapes'],
    ['Invalid napi_status: A number was expected\n', 'A number was expected'],
    ['Invalid napi_status: 9\n\nno such tensor\n\n', 'no such tensor'],
    ['one\n\n  two\n', 'one\ntwo'],
    ['', 'an error without a message'],
  ])('%j', (message, text) => {
    expect(thrownText(new Error(message))).toBe(text);
  });
});
