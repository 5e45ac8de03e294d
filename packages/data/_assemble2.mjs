import { randomData } from '../../test/performance/workload.mjs';
import { BatchAssembler as New } from './dist/assemble-batch.js';
import { BatchAssembler as Old } from './dist/_old.js';
for (const [vocabulary, domains, batch] of [[1e5, 10, 4096], [1e6, 10, 4096], [1e7, 30, 4096], [1e6, 10, 1024], [1e6, 10, 8192]]) {
  const data = randomData({ vocabulary, domains, batch });
  const run = { old: new Old(data), new: new New(data) }; const t = { old: [], new: [] };
  for (let r = 0; r < 100; r++) for (const k of ['old', 'new']) {
    const rows = Int32Array.from({ length: batch }, (_, i) => (i * 7919 + r) % data.rows);
    const b = performance.now(); run[k].assemble(rows); t[k].push(performance.now() - b);
  }
  const q = (x) => x.sort((a, b) => a - b)[25].toFixed(2);
  console.log(vocabulary, batch, 'lower quartile ms', q(t.old), q(t.new));
}
