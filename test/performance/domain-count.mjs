// How a training step's time depends on the number of domains: `node test/performance/domain-count.mjs PLUGIN [BACKBONE]`.
// 21 fields x 16, hidden layers 512-256-128, batch 4096, 1e5 power-law ids, the plugin's default options (change them by
// --set '{"option": value}'); medians and their ratios to the first. --plain adds the backbone without the plugin,
// --domains 3,30 chooses the numbers of domains, --one gives each batch the rows of one domain.
import { parseArgs } from 'node:util';
import { ensureRuntime } from '@mdctr/tensor';
import { asCommand, median, registryWith, takeTurns, timedTrial, withDefaults } from './workload.mjs';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string', default: '{}' },
    domains: { type: 'string', default: '3,10,30,100' },
    rounds: { type: 'string', default: '6' },
    plain: { type: 'boolean', default: false },
    one: { type: 'boolean', default: false },
  },
});
const [pluginName = 'star', backbone = 'dnn'] = positionals;

await asCommand(async () => {
  await ensureRuntime();
  const registry = await registryWith(pluginName);
  const plugin = withDefaults(registry.get('plugin', pluginName), JSON.parse(flags.set));
  const counts = flags.domains.split(',').map(Number);
  const timed = (domains, plugins) => {
    const name = `${[backbone, ...plugins.map((plugin) => plugin.name)].join(' + ')}, ${domains} domains`;
    const workload = { domains, vocabulary: 1e5, oneDomain: flags.one };
    return timedTrial(name, { registry, backbone, plugins, workload });
  };
  const runs = [...(flags.plain ? [timed(counts[0], [])] : []), ...counts.map((count) => timed(count, [plugin]))];
  await takeTurns(runs, Number(flags.rounds));
  const first = runs[flags.plain ? 1 : 0];
  for (const { name, times } of runs) {
    const ratio = (median(times) / median(first.times)).toFixed(2);
    console.log(`${name.padEnd(28)} ${median(times).toFixed(1).padStart(7)} ms a step, ratio ${ratio}`);
  }
});
