import { Random } from '@mdctr/base';
import { assembleModel, type AssembledModel, type AssemblyRequest, type UnitClass, type UnitConfig } from '@mdctr/core';
import { loadData, openBatches, type EncodedData } from '@mdctr/data';
import { ensureRuntime, silentReport } from '@mdctr/tensor';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtinRegistry } from '../../../../test/support/registry.js';
import type { BaseMarginOptions } from '../../src/index.js';

await ensureRuntime({ report: silentReport });

export const targetMeans = { kind: 'targetMeans' } as const;
export const folder = mkdtempSync(join(tmpdir(), 'mdctr-'));

/** A click depends on the user and the item, of which each has but a few rows, and on how hour and tab, the domain, go together. */
function lines(rows: number): string[] {
  const random = new Random(7);
  const effects = (count: number): number[] => Array.from({ length: count }, () => 1.5 * random.normal());
  const [users, items] = [effects(300), effects(150)];
  return Array.from({ length: rows }, () => {
    const [user, item, tab, hour] = [300, 150, 3, 6].map((count) => Math.floor(random.uniform() * count));
    const z = -1 + users[user!]! + items[item!]! + (hour! % 3 === tab ? 1.5 : -0.5);
    const click = random.uniform() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
    // Lists of none to two letters.
    const tags = ['', 'a', 'b;c'][(user! + item!) % 3];
    return `t${tab},u${user},i${item},h${hour},${tags},${click}`;
  });
}

export const log = join(folder, 'law.csv');
writeFileSync(log, `tab,user,item,hour,tags,click\n${lines(6000).join('\n')}\n`);

const mean = { kind: 'targetMean' as const, smoothing: 10, folds: 5, by: [] as string[] };
export const data: EncodedData = await loadData(
  {
    source: { kind: 'files', files: [], joins: [] },
    label: 'click',
    domain: 'tab',
    fields: [
      'tab',
      'hour',
      { name: 'user', encoding: [{ kind: 'vocabulary' }, mean] },
      { name: 'tags', list: { separator: ';', pooling: 'mean', keep: 'first' }, encoding: mean },
      { name: 'item', encoding: [{ kind: 'vocabulary' }, mean] },
    ],
    exclude: [],
    minFrequency: 2,
    split: { by: 'seed', seed: 1, validation: 0.2, test: 0.2 },
  },
  { files: [log] },
);
export const source = openBatches(data);

export const dnn: UnitConfig = {
  name: 'dnn',
  ...{ hiddenUnits: [8, 6], activation: 'relu', batchNorm: false, dropout: 0 },
};

export function assemble(
  baseMargin: BaseMarginOptions,
  plugins: readonly UnitConfig[] = [],
  { extra = [], ...more }: { extra?: readonly UnitClass[] } & Partial<AssemblyRequest> = {},
): AssembledModel {
  const registry = builtinRegistry();
  for (const cls of extra) registry.add(cls, 'test');
  return assembleModel({
    ...{ registry, schema: data.schema, embedding: { dim: 4, initStd: 0.1 } },
    ...{ backbone: dnn, plugins, seed: 1, baseMargin },
    ...more,
  });
}

/** The places of the fields that are target means. */
const PLACES = data.schema.fields.flatMap(({ name }, f) => (/targetMean|^tags$/.test(name) ? [f] : []));

/** The standardised logits of a row, read from the data as they are. */
export function logitsOf(row: number): number[] {
  return PLACES.map((f) => {
    const bag = data.ids[row * data.schema.fields.length + f]!;
    const { starts, elements, weights } = data.bags![f]!;
    for (let e = starts[bag]!; e < starts[bag + 1]!; e++) if (elements[e] === 1) return weights![e]!;
    return 0;
  });
}

/** The probability that a model's margin gives a row, by its parameters alone. */
export function marginOf({ model }: AssembledModel, row: number, shift = 0): number {
  const [bias] = model.store.get('margin/bias')!.toHost();
  const weights = model.store.get('margin/weights')!.toHost();
  const z = logitsOf(row).reduce((sum, logit, j) => sum + weights[j]! * logit, bias! + shift);
  return 1 / (1 + Math.exp(-z));
}
