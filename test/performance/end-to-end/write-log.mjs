import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { rocAuc } from '@mdctr/metrics';
import { fieldSizes, Law } from './law.mjs';

const VALIDATION_SHARE = 0.1;
const ROWS_A_WRITE = 10_000;

export const columns = ['click', 'domain', ...fieldSizes.map((_, f) => `f${f}`)];

/**
 * Writes `train.csv` and `valid.csv`, a tenth of the rows: one file each because FuxiCTR takes splits as files. Values are
 * eight hexadecimal digits, as in the public logs of Criteo and Avazu.
 * @returns paths, rows and bytes, and the validation AUC of the true probabilities, the best that a model could have.
 */
export function writeLog(folder, { rows, domains = 10, seed = 1 }) {
  mkdirSync(folder, { recursive: true });
  const law = new Law(seed, domains);
  const validationRows = Math.round(rows * VALIDATION_SHARE);
  const train = writeRows(join(folder, 'train.csv'), law, rows - validationRows);
  const validation = writeRows(join(folder, 'valid.csv'), law, validationRows);
  return {
    train: train.path,
    validation: validation.path,
    rows,
    bytes: statSync(train.path).size + statSync(validation.path).size,
    bestAuc: rocAuc(validation.logits, validation.clicks),
  };
}

function writeRows(path, law, rows) {
  const [logits, clicks] = [new Float64Array(rows), new Uint8Array(rows)];
  const ids = new Int32Array(fieldSizes.length);
  const file = openSync(path, 'w');
  let text = `${columns.join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    const { domain, logit, click } = law.draw(ids);
    logits[row] = logit;
    clicks[row] = click;
    text += `${click},d${domain}`;
    for (let f = 0; f < ids.length; f++) text += `,${valueOf(f, ids[f])}`;
    text += '\n';
    if (row % ROWS_A_WRITE === ROWS_A_WRITE - 1 || row === rows - 1) {
      writeSync(file, text);
      text = '';
    }
  }
  closeSync(file);
  return { path, logits, clicks };
}

/** Another text for each id of a field: an odd factor permutes the numbers of 32 bits. */
function valueOf(field, id) {
  const mixed = Math.imul(id ^ (field << 20), 0x9e3779b1) >>> 0;
  return mixed.toString(16).padStart(8, '0');
}
