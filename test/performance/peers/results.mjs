import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeMachine, ensureRuntime, silentReport } from '@mdctr/tensor';
import { versionsOf } from './environment.mjs';

/** The machine, and what runs on it, for a table's first line. */
export async function surroundings(python) {
  const info = await ensureRuntime({ report: silentReport });
  const { cpu, threads, memoryGiB, node } = describeMachine(info);
  const machine = { cpu, threads, memoryGiB, node, tensorflow: info.tensorflowVersion, kernels: info.kernels };
  return { machine, versions: await versionsOf(python) };
}

/** Writes results as `NAME.json` and `NAME.md`. */
export function writeResults(folder, name, results, markdown) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, `${name}.md`), markdown);
}
