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
    says: [place, 'on purpose'],
    documented: true,
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
    code: 'MDCTR_MAML_OPTIONS',
    args: train,
    files: { 'trial.json': json({ ...trial, plugins: [{ name: 'maml', order: 'second', innerOptimizer: 'adam' }] }) },
    says: ['second order'],
    documented: true,
  },
];
