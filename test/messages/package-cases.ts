import { json, train, type Case } from './case.js';
import { withPackage, named, listed, installedFoo, unit } from './package-files.js';

const place = 'trial.json:32:5';

export const packageCases: readonly Case[] = [
  {
    what: 'a package that is not installed',
    code: 'MDCTR_PACKAGE_MISSING',
    args: train,
    files: withPackage(undefined, [], 'mdctr-nowhere'),
    says: [place, 'npm install mdctr-nowhere'],
    documented: true,
  },
  {
    what: 'a file that is not there',
    code: 'MDCTR_PACKAGE_MISSING',
    args: train,
    files: withPackage(undefined),
    says: [place, './mine.mjs'],
  },
  {
    what: 'a package that throws',
    code: 'MDCTR_PACKAGE_LOAD',
    args: train,
    files: withPackage('throw new Error("on purpose");\n'),
    says: [place, 'on purpose', 'thrown    mine.mjs:1:7'],
  },
  {
    what: 'a file that throws, called by another',
    code: 'MDCTR_PACKAGE_LOAD',
    args: train,
    files: named(['./mine.ts'], {
      'mine.ts': "import { rate } from './rate';\n\nexport const start: number = rate('fast');\n",
      'rate.ts': 'export function rate(text: string): number {\n  return text.toFixed(2);\n}\n',
    }),
    says: [listed, 'TypeError: text.toFixed is not a function', 'rate.ts:2:15, in rate', 'mine.ts:3:30'],
    documented: true,
  },
  {
    what: 'a TypeScript file with a slip in its syntax',
    code: 'MDCTR_PACKAGE_LOAD',
    args: train,
    files: named(['./mine.ts'], {
      'mine.ts': "import './part.js';\n",
      'part.ts': 'export const a: number = 1;\nexport const b = (2;\n',
    }),
    says: [listed, "')' expected", 'part.ts:2:20'],
  },
  {
    what: 'an import of a package that is not installed',
    code: 'MDCTR_PACKAGE_LOAD',
    args: train,
    files: named(['./mine.mjs'], { 'mine.mjs': "import 'no-such-helper/part';\n" }),
    says: [listed, '"no-such-helper"', 'npm install no-such-helper'],
  },
  {
    what: 'an installed package that imports one that it does not list',
    code: 'MDCTR_PACKAGE_LOAD',
    args: train,
    files: named(['mdctr-plugin-foo'], installedFoo({}, "import 'no-such-helper';\n")),
    says: [listed, 'npm install no-such-helper; mdctr-plugin-foo should list it in its package.json'],
    namesFolders: true,
  },
  {
    what: 'a package that throws no Error',
    code: 'MDCTR_PACKAGE_LOAD',
    args: train,
    files: named(['./mine.mjs'], { 'mine.mjs': "throw 'a text';\n" }),
    says: [listed, 'threw no Error, but "a text"', 'mine.mjs'],
  },
  {
    what: 'a package whose range of core is another',
    code: 'MDCTR_PACKAGE_VERSION',
    args: train,
    files: named(['mdctr-plugin-foo'], installedFoo({ peerDependencies: { '@mdctr/core': '^99.0.0' } })),
    says: [listed, 'mdctr-plugin-foo', '@mdctr/core ^99.0.0', 'npm install mdctr@latest'],
    namesFolders: true,
  },
  {
    what: 'a package that brings a copy of core',
    code: 'MDCTR_PACKAGE_COPIES',
    args: train,
    files: named(['mdctr-plugin-foo'], {
      ...installedFoo({ dependencies: { '@mdctr/core': '*' } }),
      'node_modules/mdctr-plugin-foo/node_modules/@mdctr/core/package.json': json({
        name: '@mdctr/core',
        version: '0.0.1',
      }),
    }),
    says: [listed, '0.0.1 in node_modules/mdctr-plugin-foo/node_modules/@mdctr/core', 'peer dependency', 'npm dedupe'],
    namesFolders: true,
    documented: true,
  },
  {
    what: 'a package that is not built and has no source',
    code: 'MDCTR_PACKAGE_MISSING',
    args: train,
    files: named(['./pack'], { 'pack/package.json': json({ name: 'pack', exports: './dist/index.js' }) }),
    says: [listed, './dist/index.js', 'npm run build'],
  },
  {
    what: 'a package with a slip in its syntax',
    code: 'MDCTR_PACKAGE_LOAD',
    args: train,
    files: withPackage('export clas Mine {}\n'),
    says: [place],
  },
  {
    what: 'a package without backbones and plugins',
    code: 'MDCTR_PACKAGE_EMPTY',
    args: train,
    files: withPackage('export const x = 1;\n'),
    says: [place, '@Plugin'],
    documented: true,
  },
  {
    what: 'a package of another contract',
    code: 'MDCTR_PACKAGE_VERSION',
    args: train,
    files: withPackage(unit('mine', '{}', 7)),
    says: ['version 1', 'version 7'],
    documented: true,
  },
];
