import { json, train, trial, type Case } from './case.js';
import { withPackage, named, listed, installedFoo, unit } from './package-files.js';

export const packageUnitCases: readonly Case[] = [
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
