// A log of random rows as CSV, and the trial that reads it, for programs that time or weigh whole commands.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Random } from '@mdctr/tensor';

const NAMES = Array.from({ length: 20 }, (_, f) => `f${f}`);

/** Rows of a label, one of ten domains and twenty fields, whose `ids` values are drawn by a power law. */
export async function writeRows(file, rows, ids) {
  const random = new Random(7);
  const output = createWriteStream(file);
  output.write(`y,domain,${NAMES.join(',')}\n`);
  for (let row = 0; row < rows; row++) {
    const values = NAMES.map(() => Math.floor(ids * random.uniform() ** 4));
    const line = `${random.uniform() < 0.3 ? 1 : 0},d${Math.floor(10 * random.uniform() ** 2)},${values.join(',')}\n`;
    if (!output.write(line)) await once(output, 'drain');
  }
  output.end();
  await finished(output);
}

/** A trial on `rows.csv`; `fieldOf` makes a field's config of its name. */
export function trialOfRows({ name, training, fieldOf = (field) => field }) {
  return {
    name,
    data: {
      source: { kind: 'files', files: ['rows.csv'] },
      label: 'y',
      domain: ['domain'],
      fields: ['domain', ...NAMES.map(fieldOf)],
      split: { by: 'seed', validation: 0.1, test: 0.1 },
    },
    embedding: { dim: 16, initStd: 0.01 },
    backbone: { name: 'dnn', hiddenUnits: [512, 256, 128] },
    training: { batchSize: 4096, ...training },
  };
}
