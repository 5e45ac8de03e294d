import { json, trial, type Case } from './case.js';

/** A package of one file; a class that is declared by hand, as a decorator would. */
export const unit = (name: string, body: string, version = 1): string => `
export class Mine ${body}
Object.defineProperty(Mine, Symbol.for('mdctr.unit'), {
  value: { kind: 'plugin', name: '${name}', options: { type: 'object' }, apiVersion: ${version} },
});
`;

export const withPackage = (
  source: string | undefined,
  plugins: unknown[] = [],
  specifier = './mine.mjs',
): Case['files'] & object => ({
  'trial.json': json({ ...trial, packages: [specifier], plugins }),
  ...(source !== undefined && { 'mine.mjs': source }),
});

export const place = 'trial.json:32:5';

/** A trial that names packages in place of its plugins. */
export const named = (plugins: unknown[], files: Case['files'] & object): Case['files'] & object => ({
  'trial.json': json({ ...trial, plugins }),
  ...files,
});

/** Where the first of them stands. */
export const listed = 'trial.json:27:5';

export const installedFoo = (manifest: object, source = unit('foo', '{}')): Case['files'] & object => ({
  'node_modules/mdctr-plugin-foo/package.json': json({
    name: 'mdctr-plugin-foo',
    version: '1.2.3',
    type: 'module',
    exports: './index.js',
    ...manifest,
  }),
  'node_modules/mdctr-plugin-foo/index.js': source,
});
