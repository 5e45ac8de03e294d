import { generateSynthetic } from '../../src/synthetic/generate.js';
import { type SyntheticOptions } from '../../src/synthetic/options.js';
import { SyntheticProcess } from '../../src/synthetic/process.js';

export const options = { rows: 20_000, domains: 8, seed: 3 } satisfies SyntheticOptions;

export interface Drawn {
  readonly domains: number[];
  readonly values: Int32Array[];
  readonly clicks: number[];
  readonly probability: number[];
}

/** All rows of a process. */
export function draw(of: SyntheticOptions | SyntheticProcess, chunkRows?: number): Drawn {
  const drawn: Drawn = { domains: [], values: [], clicks: [], probability: [] };
  for (const { rows, columns, clicks, probability } of generateSynthetic(of, chunkRows)) {
    for (let i = 0; i < rows; i++) {
      drawn.domains.push(columns[0]![i]!);
      drawn.values.push(Int32Array.from(columns.slice(1), (column) => column[i]!));
      drawn.clicks.push(clicks[i]!);
      drawn.probability.push(probability[i]!);
    }
  }
  return drawn;
}

export const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
export const deviation = (numbers: readonly number[]): number => {
  const m = mean(numbers);
  return Math.sqrt(mean(numbers.map((x) => (x - m) ** 2)));
};

export const all = draw(options);

export const KINDS = [
  ['effects', 'shared', 'effects'],
  ['interactions', 'shared', 'interactions'],
  ['baseRate', 'specific', 'baseRate'],
  ['fieldWeights', 'specific', 'fieldWeights'],
  ['valueEffects', 'specific', 'valueEffects'],
  ['domainInteractions', 'specific', 'interactions'],
] as const;
