import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../../scripts/release/packages.mjs';
import { userEnvironment } from './environment.mjs';
import { run } from './run.mjs';

/** Sizes that show that a study runs, and nothing more. */
const SMALL = ['data.source.rows=4000', 'training.epochs=1', 'seeds=[1]'].flatMap((value) => ['--set', value]);

/** A plugin of one's own in TypeScript, beside one that is installed. */
const PLUGIN = `
import { DomainPlugin, Plugin, type HiddenInterceptor, type HiddenSite } from '@mdctr/core';
import { add, mul, tanh, zeros } from '@mdctr/tensor';

@Plugin('own')
export class Own extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const factor = site.scope().dense('factor', site.domainWidth, site.units, { kernel: zeros });
    return (h, batch) => batch.scale(h, add(tanh(factor(batch.domains)), 1));
  }
}
`;

const STUDY = {
  name: 'plugins',
  packages: ['mdctr-plugin-lhuc', './own.ts'],
  data: { source: { kind: 'synthetic' } },
  backbones: [{ name: 'dnn', hiddenUnits: [8] }],
  methods: ['plain', 'lhuc', 'own'].map((label) => ({ label, plugins: label === 'plain' ? [] : [label] })),
  seeds: [1],
};

/** Installs into an empty project, then runs the command: version, list, the quickstart, a study with plugins. @throws Error */
export async function tryCell({ manager, folder, node, caches, registry }) {
  const project = join(folder, 'project');
  mkdirSync(project);
  const write = (name, text) => writeFileSync(join(project, name), text);
  write('package.json', JSON.stringify({ name: 'outside', private: true, type: 'module' }, null, 2));
  for (const [name, text] of Object.entries(manager.files ?? {})) write(name, text(registry.url));
  const env = userEnvironment({ home: join(folder, 'home'), node, caches, registry: registry.url });
  const start = ([command, args], fetches = false) => run(command, args, { cwd: project, env, fetches });
  const mdctr = (...args) => start(manager.exec('mdctr', ...args));

  await start(manager.add('mdctr', 'mdctr-plugin-lhuc', '@mdctr/core', '@mdctr/tensor'), true);
  if (existsSync(join(project, 'node_modules'))) {
    assert.equal(copiesOf('@mdctr/core', project).size, 1, 'one copy of @mdctr/core');
    assert.equal(copiesOf('@tensorflow/tfjs-core', project).size, 1, 'one copy of tfjs-core');
    assert.equal(copiesOf('@tensorflow/tfjs-node', project).size, 0, 'no tfjs-node');
  }
  assert.match(await mdctr('--version'), new RegExp(`^${version().replaceAll('.', '\\.')}$`, 'm'));
  const listed = await mdctr('list');
  for (const name of ['dnn', 'dcnv2', 'adasparse', 'star']) assert.match(listed, new RegExp(`\\b${name}\\b`));

  const quickstart = await mdctr('bench', ...SMALL, '--no-cache');
  for (const backbone of ['dnn', 'dcnv2'])
    assert.match(quickstart, new RegExp(`^${backbone} +adasparse fusion +\\.\\d`, 'm'));
  const results = JSON.parse(readFileSync(join(project, 'results/quickstart/results.json'), 'utf8'));
  assert.notEqual(results.environment.tier, 'wasm', 'TensorFlow was set up');

  write('own.ts', PLUGIN);
  write('study.json', JSON.stringify(STUDY));
  const table = await mdctr('bench', 'study.json', ...SMALL, '--no-cache');
  for (const method of ['plain', 'lhuc', 'own']) assert.match(table, new RegExp(`^dnn +${method} +\\.\\d`, 'm'));
}

/** Folders in node_modules, links resolved, that hold a package. */
function copiesOf(name, project) {
  const found = new Set();
  const visit = (modules) => {
    if (!existsSync(modules)) return;
    if (existsSync(join(modules, name, 'package.json'))) found.add(realpathSync(join(modules, name)));
    for (const entry of readdirSync(modules, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name === '.bin') continue;
      const folder = join(modules, entry.name);
      if (entry.name === '.pnpm') for (const stored of readdirSync(folder)) visit(join(folder, stored, 'node_modules'));
      else if (entry.name.startsWith('@'))
        for (const scoped of readdirSync(folder)) visit(join(folder, scoped, 'node_modules'));
      else visit(join(folder, 'node_modules'));
    }
  };
  visit(join(project, 'node_modules'));
  return found;
}
