// How a training step's time depends on vocabulary size, and what adasparse adds: `pnpm perf`.
// 21 fields x 16, hidden layers 512-256-128, batch 4096, power-law ids, 10 domains; medians and their ratios.
import { ensureRuntime } from '@mdctr/tensor';
import { asCommand, median, registryWith, takeTurns, timedTrial, withDefaults } from './workload.mjs';

await asCommand(async () => {
  await ensureRuntime();
  const registry = await registryWith('adasparse');
  const adasparse = [withDefaults(registry.get('plugin', 'adasparse'))];
  const timed = (name, backbone, plugins, vocabulary) =>
    timedTrial(name, { registry, backbone, plugins, workload: { domains: 10, vocabulary } });
  const runs = [
    timed('dnn, 1e5 ids', 'dnn', [], 1e5),
    timed('dnn, 1e6 ids', 'dnn', [], 1e6),
    timed('dnn + adasparse, 1e6 ids', 'dnn', adasparse, 1e6),
    timed('dcnv2, 1e6 ids', 'dcnv2', [], 1e6),
    timed('dcnv2 + adasparse, 1e6 ids', 'dcnv2', adasparse, 1e6),
  ];
  await takeTurns(runs, 6);
  for (const { name, times } of runs) {
    console.log(`${name.padEnd(28)} ${median(times).toFixed(1).padStart(7)} ms a step`);
  }
  const ratio = (a, b) => (median(runs[a].times) / median(runs[b].times)).toFixed(2);
  console.log(`1e6 ids / 1e5 ids            ${ratio(1, 0)}`);
  console.log(`adasparse / plain, dnn       ${ratio(2, 1)}`);
  console.log(`adasparse / plain, dcnv2     ${ratio(4, 3)}`);
});
