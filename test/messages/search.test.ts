import { loadConfig } from '@mdctr/config';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSearch, type SearchOptions, type Space } from '@mdctr/search';
import { expect, it } from 'vitest';
import { json } from './case.js';
import { expectDocumented } from './run-cases.js';

const parts = {
  training: { optimizer: { kind: 'adam', learningRate: 1e-3 } },
  embedding: { dim: 16 },
  backbone: { name: 'dnn', hiddenUnits: [64] },
  plugins: [{ name: 'adasparse', form: 'fusion', epsilon: 0.25 }],
};
const rates = { low: 1e-4, high: 1e-2, log: true };

/** What opening the search of a method says, as it stands in a study. */
function messageOf(search: object, own: Space = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-messages-'));
  const file = join(folder, 'study.json');
  writeFileSync(file, json({ search, methods: [{ label: 'adasparse', plugins: ['adasparse'], search: own }] }));
  const document = loadConfig(file);
  const locate = document.locate.bind(document);
  try {
    openSearch({ seed: 1, ...search } as never as SearchOptions, { methodSpace: own, epochs: 3, parts, locate });
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  throw new Error('nothing was thrown');
}

it.each([
  ['MDCTR_SEARCH_PATH', { kind: 'random', trials: 8, space: {} }, { 'plugins[0].epsilonn': { low: 0.05, high: 0.5 } }],
  [
    'MDCTR_SEARCH_DIMENSION',
    { kind: 'random', trials: 8, space: { 'training.optimizer.learningRate': { low: 1e-4, log: true } } },
    {},
  ],
  [
    'MDCTR_SEARCH_GRID',
    { kind: 'grid', trials: 8, space: { 'training.optimizer.learningRate': { ...rates, points: 3 } } },
    { 'plugins[0].epsilon': { values: [0.1, 0.2, 0.4] } },
  ],
])('%s', (code, search, text) => {
  const message = messageOf(search, text as Space);
  expect(message.startsWith(`${code}: `), message).toBe(true);
  expectDocumented(code, message);
});
