import { randomData } from '../../test/performance/workload.mjs';
import { BatchAssembler } from './dist/assemble-batch.js';
import { createHash } from 'node:crypto';
for (const [vocabulary, domains, batch] of [[1e5, 10, 4096], [1e6, 10, 4096], [1e7, 30, 4096], [1e6, 10, 1024], [1e6, 10, 8192]]) {
  const data = randomData({ vocabulary, domains, batch });
  const a = new BatchAssembler(data);
  const times = []; const h = createHash('sha256');
  for (let r = 0; r < 6; r++) for (let b = 0; b < 10; b++) {
    const rows = Int32Array.from({ length: batch }, (_, i) => (i * 7919 + b * batch + r) % data.rows);
    const t = performance.now(); const out = a.assemble(rows); times.push(performance.now() - t);
    for (const x of [out.order, out.labels, out.uniqueIds, out.inverse, out.domainIds, out.domainStarts]) h.update(Buffer.from(x.buffer, x.byteOffset, x.byteLength));
  }
  times.sort((x, y) => x - y);
  console.log(vocabulary, batch, 'median ms', times[times.length >> 1].toFixed(2), h.digest('hex').slice(0, 16));
}
