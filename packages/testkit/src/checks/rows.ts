import { itemAt } from '@mdctr/base';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import { formatDifference, largestDifference, tolerance } from '../fixture/compare.js';
import { inSampleOrder } from '../fixture/toy-dataset.js';

export const permutingRows: Check = {
  id: 'rows/permuting-permutes-outputs',
  title: 'The order of the rows does not matter: permuting them permutes the outputs.',
  of: 'any',
  run({ data, rows, batch, trained }) {
    const wanted = inSampleOrder(batch, trained.predict(batch));
    // 7 and the number of rows have no common factor, so this is a permutation; 11 likewise.
    for (const stride of [7, 11]) {
      const order = rows.map((_, i) => (i * stride + 3) % rows.length);
      const shuffled = data.batch(order.map((i) => itemAt(rows, i)));
      const found = inSampleOrder(shuffled, trained.predict(shuffled));
      const difference = largestDifference(
        found,
        order.map((i) => wanted[i]!),
      );
      if (difference.size <= tolerance()) continue;
      broken({
        found: `row ${order[difference.index]!}: ${formatDifference(difference)} in the first order`,
        expected: `the same probability within ${tolerance()}`,
        look: 'Look for a row’s place in the batch used as if it meant something, or groups joined in another order than they were cut.',
      });
    }
  },
};

export const anyNumberOfRows: Check = {
  id: 'rows/any-number',
  title: 'Batches of 1, 2 and 17 rows give finite logits [rows, 1] and can be trained on.',
  of: 'any',
  costly: true,
  run(fixture) {
    const session = fixture.open();
    try {
      for (const count of [1, 2, 17]) {
        const batch = fixture.data.batch(fixture.data.rows(count, 41));
        const { shape, values } = session.logits(batch);
        if (shape.join() !== `${count},1`) {
          broken({
            found: `the logits of ${count} rows have shape [${shape.join(', ')}]`,
            expected: `[${count}, 1]`,
            look: 'Look at the last layer, and at what the hook `logit` returns.',
          });
        }
        const loss = session.step(batch);
        const finite = [...values, loss, ...session.predict(batch)].every(Number.isFinite);
        if (finite) continue;
        broken({
          found: `with ${count} row${count === 1 ? '' : 's'} the loss is ${loss} and the logits are ${[...values].join(', ')}`,
          expected: 'finite numbers',
          look: 'Look for a variance or a mean over too few rows.',
        });
      }
    } finally {
      session.dispose();
    }
  },
};
