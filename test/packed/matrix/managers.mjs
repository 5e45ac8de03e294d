/**
 * How each package manager adds packages to a project and runs a command of them, and what its settings file must say.
 * YARN_* settings of the two Yarns differ, hence the files.
 */
const npx = (...args) => ['npx', args];
const berry = (...args) => npx('-y', '--package', '@yarnpkg/cli-dist@4', 'yarn', ...args);

const yarnSettings = (linker, ...more) => ({
  '.yarnrc.yml': (registry) =>
    [
      `nodeLinker: ${linker}`,
      `npmRegistryServer: '${registry}'`,
      `unsafeHttpWhitelist: ['127.0.0.1']`,
      // Yarn does not take what was published a moment ago.
      `npmPreapprovedPackages: ['mdctr', '@mdctr/*', 'mdctr-plugin-*']`,
      'enableTelemetry: false',
      'enableImmutableInstalls: false',
      ...more,
      '',
    ].join('\n'),
  'yarn.lock': () => '', // the project is one of its own, whatever lies above it
});

export const MANAGERS = {
  npm: { add: (...names) => ['npm', ['install', ...names]], exec: (...args) => npx(...args) },
  pnpm: { add: (...names) => npx('-y', 'pnpm@10', 'add', ...names), exec: (...args) => npx(...args) },
  'yarn-classic': { add: (...names) => npx('-y', 'yarn@1', 'add', ...names), exec: (...args) => npx(...args) },
  yarn: {
    add: (...names) => berry('add', ...names),
    exec: (...args) => npx(...args),
    files: yarnSettings('node-modules'),
  },
  'yarn-pnp': {
    add: (...names) => berry('add', ...names),
    exec: (...args) => berry(...args),
    // tfjs takes `long` without naming it among its dependencies.
    files: yarnSettings('pnp', `packageExtensions: { '@tensorflow/tfjs@*': { dependencies: { long: '4.0.0' } } }`),
  },
};
