import { file } from '../fixtures.js';

/** A label that no order of the rows falls in with. */
export const click = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 31;

export const bySeed = { by: 'seed' as const, seed: 1, validation: 0.1, test: 0.2 };

/** 400 rows with a column of its own kind. */
export const withColumn = (name: string, column: string, value: (i: number) => unknown): string =>
  file(
    name,
    `tab,item,${column},click\n${Array.from({ length: 400 }, (_, i) => `${'ab'[i % 2]},${i},${String(value(i))},${click(i)}`).join('\n')}\n`,
  );
