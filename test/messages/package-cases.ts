import { json, train, trial, type Case } from './case.js';

/** A package of one file; a class that is declared by hand, as a decorator would. */
const unit = (name: string, body: string, version = 1): string => `
export class Mine ${body}
Object.defineProperty(Mine, Symbol.for('mdctr.unit'), {
  value: { kind: 'plugin', name: '${name}', options: { type: 'object' }, apiVersion: ${version} },
});
`;

const withPackage = (
  source: string | undefined,
  plugins: unknown[] = [],
  specifier = './mine.mjs',
): Case['files'] & object => ({
  'trial.json': json({ ...trial, packages: [specifier], plugins }),
  ...(source !== undefined && { 'mine.mjs': source }),
});

const place = 'trial.json:32:5';

/** A trial that names packages in place of its plugins. */
const named = (plugins: unknown[], files: Case['files'] & object): Case['files'] & object => ({
  'trial.json': json({ ...trial, plugins }),
  ...files,
});

/** Where the first of them stands. */
const listed = 'trial.json:27:5';

const installedFoo = (manifest: object, source = unit('foo', '{}')): Case['files'] & object => ({
  'node_modules/mdctr-plugin-foo/package.json': json({
    name: 'mdctr-plugin-foo',
    version: '1.2.3',
    type: 'module',
    exports: './index.js',
    ...manifest,
  }),
  'node_modules/mdctr-plugin-foo/index.js': source,
});

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
    what: 'a file with two plugins where one is wanted',
    code: 'MDCTR_UNIT_AMBIGUOUS',
    args: train,
    files: named(['./mine.mjs'], { 'mine.mjs': unit('mine', '{}') + unit('yours', '{}').replaceAll('Mine', 'Yours') }),
    says: [listed, './mine.mjs>mine, ./mine.mjs>yours'],
    documented: true,
  },
  {
    what: 'a unit that a file does not have',
    code: 'MDCTR_UNIT_UNKNOWN',
    args: train,
    files: named(['./mine.mjs>mien'], { 'mine.mjs': unit('mine', '{}') }),
    says: [listed, 'Did you mean "./mine.mjs>mine"?'],
  },
  {
    what: 'a plugin where a backbone is wanted',
    code: 'MDCTR_PACKAGE_EMPTY',
    args: train,
    files: { 'trial.json': json({ ...trial, backbone: './mine.mjs' }), 'mine.mjs': unit('mine', '{}') },
    says: ['trial.json:20:15', 'exports no backbone', 'the plugin mine', '"plugins"'],
  },
  {
    what: 'an option that a plugin named by its path does not have',
    code: 'MDCTR_CONFIG_UNKNOWN_KEY',
    args: train,
    files: named([{ name: './mine.mjs', stength: 1 }], {
      'mine.mjs': unit('mine', '{}').replace("'object'", "'object', properties: {}, additionalProperties: false"),
    }),
    says: ['trial.json:29:7', 'plugins[0].stength'],
  },
  {
    what: 'the name of a plugin whose package is installed under another',
    code: 'MDCTR_CONFIG_UNKNOWN_NAME',
    args: train,
    files: named(['foo'], installedFoo({})),
    says: [listed, 'The package mdctr-plugin-foo is installed: name it, "mdctr-plugin-foo".'],
  },
  {
    what: 'a file named without ./',
    code: 'MDCTR_CONFIG_UNKNOWN_NAME',
    args: train,
    files: named(['mine.mjs'], { 'mine.mjs': unit('mine', '{}') }),
    says: [listed, 'write "./mine.mjs"'],
  },
  {
    what: 'a package that is not built and has no source',
    code: 'MDCTR_PACKAGE_MISSING',
    args: train,
    files: named(['./pack'], { 'pack/package.json': json({ name: 'pack', exports: './dist/index.js' }) }),
    says: [listed, './dist/index.js', 'npm run build'],
  },
  {
    what: 'a list of plugins that a study has none of',
    code: 'MDCTR_CONFIG_UNKNOWN_KEY',
    args: ['bench', 'study.json'],
    files: {
      'study.json': json({
        name: 'S',
        data: trial.data,
        backbones: ['dnn'],
        plugins: [{ name: 'adasparse', form: 'scaling' }],
      }),
    },
    says: ['study.json', 'path      plugins', '"methods"', '"packages"'],
  },
  {
    what: 'a study’s method with a plugin that is none',
    code: 'MDCTR_CONFIG_UNKNOWN_NAME',
    args: ['bench', 'study.json'],
    files: {
      'study.json': json({
        name: 'S',
        data: trial.data,
        backbones: ['dnn'],
        methods: [{ label: 'm', plugins: ['adaspars'] }],
      }),
    },
    says: ['study.json', 'Did you mean "adasparse"?'],
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
  {
    what: 'a name that is taken',
    code: 'MDCTR_UNIT_DUPLICATE',
    args: train,
    files: withPackage(unit('adasparse', '{}')),
    says: ['@mdctr/adasparse', './mine.mjs'],
    documented: true,
  },
  {
    what: 'a constructor that throws',
    code: 'MDCTR_UNIT_CONSTRUCTION',
    args: train,
    files: withPackage(unit('mine', "{ constructor() { throw new Error('on purpose'); } }"), ['mine']),
    says: ['"mine"', 'on purpose'],
    documented: true,
  },
  {
    what: 'a class that is no plugin',
    code: 'MDCTR_UNIT_SHAPE',
    args: train,
    files: withPackage(unit('mine', '{}'), ['mine']),
    says: ['"mine"'],
    documented: true,
  },
  {
    what: 'options of maml that exclude one another',
    code: 'MDCTR_CONFIG_VALUE',
    args: train,
    files: { 'trial.json': json({ ...trial, plugins: [{ name: 'maml', order: 'second', innerOptimizer: 'adam' }] }) },
    says: ['maml: second order', 'plugins[0].innerOptimizer', 'trial.json:'],
  },
];
