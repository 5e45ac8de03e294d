import { firstOf, getOrThrow } from '@mdctr/base';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import { formatDifference, largestDifference, tolerance } from '../fixture/compare.js';
import { PooledToyDataset } from '../fixture/pooled-toy-dataset.js';
import { inSampleOrder } from '../fixture/toy-dataset.js';

export const listsAndNumbers: Check = {
  id: 'fields/lists-and-numbers',
  title:
    'Lists and numbers among the fields work as other fields do: they are trained, and a row alone has the prediction that it has in a batch.',
  of: 'any',
  costly: true,
  run(fixture) {
    const data = new PooledToyDataset();
    const rows = data.rows(24, 61);
    const batch = data.batch(rows);
    const session = fixture.open({}, data);
    const look =
      'Batches have bags beside their ids: cut them by sliceBatch, viewBatch or splitByDomain, and read fields from batch.embedded.';
    try {
      const history = getOrThrow(new Map(data.schema.fields.map((field) => [field.name, field])), 'history');
      const part = (): Float32Array => {
        const table = getOrThrow(session.values(), 'embedding');
        return table.slice(history.offset * session.model.dim, (history.offset + history.size) * session.model.dim);
      };
      const before = part();
      const losses = session.steps([batch, batch, batch]);
      if (!losses.every(Number.isFinite)) {
        broken({ found: `the losses of three steps are ${losses.join(', ')}`, expected: 'finite numbers', look });
      }
      if (largestDifference(part(), before).size === 0) {
        broken({ found: 'three steps left the embeddings of the lists’ elements as they were', look });
      }
      const together = inSampleOrder(batch, session.predict(batch));
      rows.forEach((row, i) => {
        if (i % 5 !== 0) return;
        const alone = firstOf(session.predict(data.batch([row])));
        const difference = largestDifference([alone], [together[i]!]);
        if (difference.size <= tolerance()) return;
        broken({
          found: `row ${i} alone: ${formatDifference(difference)} in the whole batch`,
          expected: `the same probability within ${tolerance()}`,
          look,
        });
      });
    } finally {
      session.dispose();
    }
  },
};
