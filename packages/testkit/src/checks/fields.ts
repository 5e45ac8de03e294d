import { broken, type Check } from '../check.js';
import { formatDifference, largestDifference, tolerance } from '../fixture/compare.js';
import { PooledWorld } from '../fixture/pooled-world.js';
import { inSampleOrder } from '../fixture/world.js';

export const listsAndNumbers: Check = {
  id: 'fields/lists-and-numbers',
  title:
    'Lists and numbers among the fields work as other fields do: they are trained, and a row alone has the prediction that it has in a batch.',
  of: 'any',
  costly: true,
  run(bench) {
    const world = new PooledWorld();
    const rows = world.rows(24, 61);
    const batch = world.batch(rows);
    const lab = bench.open({}, world);
    const look =
      'Batches have bags beside their ids: cut them by sliceBatch, viewBatch or splitByDomain, and read fields from batch.embedded.';
    try {
      const { history } = Object.fromEntries(world.schema.fields.map((field) => [field.name, field]));
      const part = (): Float32Array => {
        const table = lab.values().get('embedding')!;
        return table.slice(history!.offset * lab.model.dim, (history!.offset + history!.size) * lab.model.dim);
      };
      const before = part();
      const losses = lab.steps([batch, batch, batch]);
      if (!losses.every(Number.isFinite)) {
        broken({ found: `the losses of three steps are ${losses.join(', ')}`, expected: 'finite numbers', look });
      }
      if (largestDifference(part(), before).size === 0) {
        broken({ found: 'three steps left the embeddings of the lists’ elements as they were', look });
      }
      const together = inSampleOrder(batch, lab.predict(batch));
      rows.forEach((row, i) => {
        if (i % 5 !== 0) return;
        const alone = lab.predict(world.batch([row]))[0]!;
        const difference = largestDifference([alone], [together[i]!]);
        if (difference.size <= tolerance()) return;
        broken({
          found: `row ${i} alone: ${formatDifference(difference)} in the whole batch`,
          expected: `the same probability within ${tolerance()}`,
          look,
        });
      });
    } finally {
      lab.dispose();
    }
  },
};
