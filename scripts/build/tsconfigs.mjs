// The tsconfig.json of every package refers to those of the packages that its package.json depends on, and the root's to all of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../run.mjs';

const folders = ['packages', 'plugins'].flatMap((parent) =>
  readdirSync(join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json'))),
);
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const manifests = new Map(folders.map((folder) => [folder, read(`${folder}/package.json`)]));
const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder]));

/** Folders of the packages that one imports in its sources. */
function dependenciesOf(folder) {
  const { dependencies, peerDependencies } = manifests.get(folder);
  return Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => folderOf.get(name) ?? []);
}

const defaults = {
  extends: '../../tsconfig.base.json',
  compilerOptions: { rootDir: 'src', outDir: 'dist' },
  include: ['src'],
};

/** Every tsconfig.json with its references, by path. */
export function tsconfigs() {
  const configs = folders.map((folder) => {
    const path = `${folder}/tsconfig.json`;
    const before = existsSync(join(root, path)) ? read(path) : defaults;
    return [path, { ...before, references: dependenciesOf(folder).map((to) => ({ path: relative(folder, to) })) }];
  });
  const all = folders.map((folder) => ({ path: `./${folder}` }));
  return new Map([
    ...configs,
    ['tsconfig.tests.json', { ...read('tsconfig.tests.json'), references: all }],
    [
      'tsconfig.json',
      { files: [], references: [...all, { path: './tsconfig.tests.json' }, { path: './examples/third-party-plugin' }] },
    ],
  ]);
}
