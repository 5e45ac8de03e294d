import { gzipSync } from 'node:zlib';
import { drawn, many, type Layout } from './layout.js';

export function amazon(): Layout {
  const review = (i: number): string =>
    JSON.stringify({
      reviewerID: `A${drawn(i, 1, 40)}`,
      asin: `B000${drawn(i, 2, 30)}`,
      reviewerName: 'Somebody',
      helpful: [0, 0],
      reviewText: 'Good, "really".',
      overall: 1 + drawn(i, 3, 5),
      summary: 'Good',
      unixReviewTime: 1391040000 + i,
      reviewTime: '01 30, 2014',
    });
  const names = ['Beauty', 'Clothing_Shoes_and_Jewelry', 'Health_and_Personal_Care'];
  return Object.fromEntries(
    names.map((name, c) => [
      `reviews_${name}_5.json.gz`,
      gzipSync(many(150, (i) => `${review(i + 150 * c)}\n`).join('')),
    ]),
  );
}
