import { click, drawn, lines, many, type Layout } from './layout.js';

/** A purchase without a click, which the recipe leaves out. */
export const faulty = (i: number): boolean => i % 50 === 1 && click(i) === 0;

export function aliCcp(): Layout {
  const list = (features: readonly (readonly [string, string | number])[]): string =>
    features.map(([field, value]) => `${field}\x02${value}\x031.0`).join('\x01');
  const half = (name: string, rows: number): Layout => ({
    [`common_features_${name}.csv`]: lines(
      many(10, (u) => [
        `c${u}`,
        4,
        list([
          ['101', `u${u}`],
          ['109_14', '4468'],
          ['109_14', '4469'],
          ['121', 3386 + (u % 3)],
          ['129', name],
        ]),
      ]),
    ),
    [`sample_skeleton_${name}.csv`]: lines(
      many(rows, (i) => [
        ...[i + 1, click(i), i % 50 === 1 ? 1 : 0, `c${drawn(i, 1, 10)}`, 4],
        list([
          ['210', '9077'],
          ['205', `ad${drawn(i, 2, 20)}`],
          ['301', 9351665 + (i % 3)],
          ['853', drawn(i, 3, 5)],
        ]),
      ]),
    ),
  });
  return { ...half('train', 300), ...half('test', 60) };
}

export function aliExpress(): Layout {
  const head = [
    'search_id',
    ...many(16, (i) => `categorical_${i + 1}`),
    ...many(63, (i) => `numerical_${i + 1}`),
    ...['click', 'conversion'],
  ];
  const table = (rows: number, salt: number): string =>
    lines([
      head,
      ...many(rows, (i) => [
        ...[i >> 2, ...many(16, (f) => drawn(i, f + salt, 5)), ...many(63, (f) => drawn(i, 100 + f, 100) / 100)],
        ...[click(i), 0],
      ]),
    ]);
  return Object.fromEntries(
    ['NL', 'ES', 'FR', 'US'].flatMap((country, c) => [
      [`AliExpress_${country}/train.csv`, table(90, c)],
      [`AliExpress_${country}/test.csv`, table(10, c + 50)],
    ]),
  );
}
