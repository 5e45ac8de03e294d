// Training steps of ours on the workload of a folder, a block at a time: the counterpart of theirs.py.
//     node ours.mjs MODEL FOLDER [--precision bfloat16]        MODEL: a backbone, or BACKBONE+PLUGIN
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { asCommand, registryWith, runBlock, timedTrial, withDefaults } from '../workload.mjs';
import { readFacts } from './arrays.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { precision: { type: 'string', default: 'float32' } },
});
const [model, folder] = positionals;

await asCommand(async () => {
  await ensureRuntime({ precision: values.precision, report: silentReport });
  const [backbone, ...plugins] = model.split('+');
  const registry = await registryWith(...plugins);
  const chosen = plugins.map((name) => withDefaults(registry.get('plugin', name)));
  const run = timedTrial(model, { registry, backbone, plugins: chosen, workload: readFacts(folder).workload });
  await runBlock(run, 0, 0);
  console.log(JSON.stringify({ ready: true }));
  let round = 0;
  for await (const _ of createInterface({ input: process.stdin })) {
    run.times.length = 0;
    await runBlock(run, ++round, 0.5);
    console.log(JSON.stringify({ ms: run.times }));
  }
  await run.source.close();
});
