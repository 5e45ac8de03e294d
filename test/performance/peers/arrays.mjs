// The arrays that ours and theirs train on, as files: the same rows that ours makes in memory.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomData } from '../workload.mjs';

/** Writes ids [rows, fields] (int32, counted within a field), labels [rows] (float32), domains [rows] (int32, from 1 on). */
export function writeArrays(folder, workload) {
  mkdirSync(folder, { recursive: true });
  const { ids, labels, domains, schema } = randomData(workload);
  writeFileSync(join(folder, 'ids.i32'), new Uint8Array(ids.buffer));
  writeFileSync(join(folder, 'labels.f32'), new Uint8Array(labels.buffer));
  writeFileSync(join(folder, 'domains.i32'), new Uint8Array(domains.buffer));
  const sizes = schema.fields.map(({ size }) => size);
  const facts = { batch: workload.batch, domains: workload.domains, sizes, workload };
  writeFileSync(join(folder, 'facts.json'), JSON.stringify(facts));
}

export const readFacts = (folder) => JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8'));
