/**
 * The dependencies of docs/project/architecture.md. Each package names the packages that its sources may import; everything else is an
 * error.
 */
const dependencies = {
  base: [],
  tensor: ['base'],
  core: ['base', 'tensor'],
  config: ['base', 'core'],
  backbones: ['core', 'tensor'],
  baselines: ['base', 'core', 'data', 'metrics'],
  data: ['base', 'config', 'core'],
  recipes: ['base'],
  statistics: ['base'],
  metrics: [],
  training: ['base', 'core', 'metrics', 'tensor'],
  testkit: ['backbones', 'base', 'core', 'metrics', 'tensor', 'training'],
  report: ['base', 'core', 'inspect', 'metrics', 'statistics'],
  'report-html': ['base', 'core', 'inspect', 'metrics', 'report'],
  search: ['base', 'config', 'core'],
  inspect: ['base', 'core', 'tensor'],
  study: [
    'base',
    'baselines',
    'config',
    'core',
    'data',
    'inspect',
    'metrics',
    'report',
    'search',
    'statistics',
    'tensor',
    'training',
  ],
  migrate: ['base'],
  dev: ['base', 'config', 'core', 'report', 'testkit'],
  scaffold: ['base'],
  'create-mdctr-plugin': ['base', 'scaffold'],
  cli: [
    'base',
    'config',
    'core',
    'data',
    'dev',
    'inspect',
    'metrics',
    'migrate',
    'recipes',
    'report',
    'report-html',
    'scaffold',
    'study',
    'tensor',
    'training',
  ],
};

const packages = Object.entries(dependencies).map(([name, allowed]) => ({
  name: `dependencies-of-${name}`,
  comment: `packages/${name} may import ${allowed.join(', ') || 'no other package'}.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: { path: '^packages/([^/]+)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...packages,
    {
      name: 'no-package-imports-a-plugin',
      comment: 'Plugins are found through the registry. A name in an import would make one of them special.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^plugins/' },
    },
    {
      name: 'plugins-depend-on-the-contract-alone',
      severity: 'error',
      // The examples of the library are scripts, no plugins.
      from: { path: '^(plugins|examples)/([^/]+)/(?!test/)', pathNot: '^examples/(script|notebook)/' },
      to: { path: '^(packages|plugins)/', pathNot: ['^packages/(core|tensor)/', '^(plugins|examples)/$2/'] },
    },
    {
      name: 'only-tensor-touches-tfjs',
      severity: 'error',
      from: { path: '^(packages|plugins|examples)/', pathNot: '^packages/tensor/' },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'no-cycles',
      comment: 'Type imports included: what two files need of each other belongs into a third.',
      severity: 'error',
      from: { path: '/src/' },
      to: { circular: true },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|vendor)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['mdctr-source', 'import', 'node', 'default', 'types'],
    },
  },
};
