// The tsconfig.json of every package refers to those of the packages that its package.json depends on, and the root's to all of them:
// this writes these references. With --check nothing is written, and the exit code says whether something would be.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

let stale = 0;
for (const folder of folders) {
  const path = `${folder}/tsconfig.json`;
  const before = existsSync(join(root, path)) ? read(path) : defaults;
  write(path, { ...before, references: dependenciesOf(folder).map((to) => ({ path: relative(folder, to) })) });
}
const all = folders.map((folder) => ({ path: `./${folder}` }));
write('tsconfig.tests.json', { ...read('tsconfig.tests.json'), references: all });
write('tsconfig.json', {
  files: [],
  references: [...all, { path: './tsconfig.tests.json' }, { path: './examples/third-party-plugin' }],
});
process.exitCode = process.argv.includes('--check') && stale > 0 ? 1 : 0;

function write(path, config) {
  const text = `${JSON.stringify(config, null, 2)}\n`;
  const file = join(root, path);
  // Compared as values: prettier has its own way with short lists.
  if (existsSync(file) && JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) === JSON.stringify(config)) return;
  stale++;
  if (process.argv.includes('--check')) console.log(`${path} is out of date: run \`pnpm tsconfigs\``);
  else writeFileSync(file, text);
}
