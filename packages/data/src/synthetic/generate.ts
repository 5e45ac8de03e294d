import type { SyntheticOptions } from './options.js';
import { SyntheticProcess } from './process.js';
import { Random, firstOf } from '@mdctr/base';

/** The column of the domain, and that of the outcome. */
export const DOMAIN_COLUMN = 'position';
export const LABEL_COLUMN = 'click';

const FIELD_NAMES = ['audience', 'ad', 'advertiser', 'category', 'city', 'hour', 'age', 'device'];

/** Names of the fields but the domain, in order: audience, ad, advertiser, ..., then field_9, field_10, ... */
export const fieldName = (field: number): string => FIELD_NAMES[field] ?? `field_${field + 1}`;

/** Consecutive impressions. The arrays are used again for the next chunk. */
export interface SyntheticChunk {
  readonly rows: number;
  /** By column, the domain first: [rows] numbers of the values, from 0 on. */
  readonly columns: readonly Int32Array[];
  /** [rows] 0 or 1. */
  readonly clicks: Uint8Array;
  /** [rows] the true probability of each click. */
  readonly probability: Float64Array;
}

/** Draws a process's impressions, `rows` of them, chunk by chunk: memory does not grow with their number. */
export function* generateSynthetic(
  options: SyntheticOptions | SyntheticProcess,
  chunkRows = 2048,
): Generator<SyntheticChunk> {
  const process = options instanceof SyntheticProcess ? options : new SyntheticProcess(options);
  const { rows, fields, seed } = process.settings;
  const stream = new Random(seed, 'rows');
  const values = new Int32Array(fields.length);
  const columns = Array.from({ length: fields.length + 1 }, () => new Int32Array(chunkRows));
  const clicks = new Uint8Array(chunkRows);
  const probability = new Float64Array(chunkRows);
  for (let begin = 0; begin < rows; begin += chunkRows) {
    const count = Math.min(chunkRows, rows - begin);
    for (let i = 0; i < count; i++) {
      const domain = process.population.draw(stream, values);
      firstOf(columns)[i] = domain;
      for (let f = 0; f < values.length; f++) columns[f + 1]![i] = values[f]!;
      probability[i] = process.probability(domain, values);
      clicks[i] = stream.uniform() < probability[i]! ? 1 : 0;
    }
    yield { rows: count, columns, clicks, probability };
  }
}
