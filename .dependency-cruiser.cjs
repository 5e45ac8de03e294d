/** The arrows of docs/architecture.md. Each room names the rooms it may import; everything else is an error. */
const arrows = {
  tensor: [],
  core: ['tensor'],
  backbones: ['core', 'tensor'],
  data: ['core'],
  recipes: ['core'],
  metrics: [],
  training: ['core', 'metrics', 'tensor'],
  testkit: ['backbones', 'core', 'metrics', 'tensor', 'training'],
  report: ['core', 'metrics', 'statistics'],
  'report-html': ['core', 'metrics', 'report'],
  search: ['core', 'tensor'],
  scaffold: [],
  'create-mdctr-plugin': ['scaffold'],
  statistics: [],
  study: ['core', 'data', 'metrics', 'report', 'search', 'tensor', 'training'],
  inspect: ['core', 'report', 'report-html', 'tensor'],
  migrate: ['core'],
  dev: ['core', 'report', 'testkit'],
  cli: [
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

const rooms = Object.entries(arrows).map(([room, allowed]) => ({
  name: `arrows-of-${room}`,
  comment: `packages/${room} may import ${allowed.join(', ') || 'no other room'}.`,
  severity: 'error',
  from: { path: `^packages/${room}/src/` },
  to: { path: '^packages/([^/]+)/', pathNot: `^packages/(${[room, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'no-room-imports-a-plugin',
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
      severity: 'error',
      from: { path: '/src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
