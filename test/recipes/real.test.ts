import { loadConfig, validateConfig } from '@mdctr/config';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadData, type DataOptions, type EncodedData } from '@mdctr/data';
import { findRecipe, recipeConfig } from '@mdctr/recipes';
import { trialSchema } from '@mdctr/study';
import { describe, expect, it } from 'vitest';
import { root, temporaryFolder } from '../support/command.js';
import { builtinRegistry } from '../support/registry.js';
import { kuairandLayout } from './layouts/kuairand.js';
import { write, type Layout } from './layouts/layout.js';
import { ijcai18Layout } from './layouts/ijcai18.js';

// Real rows, parts of three data sets that lie beside the checkout in other layouts, put into the published ones.
const shared = process.env.MDCTR_SHARED_DATA ?? join(root, '../shared/data');
const path = (name: string): string => join(shared, name);
const kuairand = path('kuairand_pure/flat_2022-04-25_04-30.csv');
const ijcai18 = path('ijcai18_alimama/decoded_dedup.csv');
const openBandit = path('obd_small/bts_all.csv');

/** Rows of a CSV file without quotes, by column. */
function rowsOf(file: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [head![i]!, cell])));
}

async function read(name: string, layout: Layout): Promise<EncodedData> {
  const folder = write(temporaryFolder(), layout);
  const recipe = findRecipe(name);
  const config = write(folder, {
    'trial.json': JSON.stringify(recipeConfig(recipe, { kind: 'trial', plugins: ['adasparse'] })),
  });
  const schema = trialSchema(builtinRegistry());
  const { data } = validateConfig<{ data: DataOptions }>(loadConfig(join(config, 'trial.json')), schema);
  return loadData(data, { resolvePath: (_, file) => join(folder, file) });
}

const rate = ({ labels }: EncodedData): number => labels!.reduce((sum, label) => sum + label, 0) / labels!.length;

describe('recipes on real rows (skipped where MDCTR_SHARED_DATA does not hold them)', () => {
  it.skipIf(!existsSync(kuairand))('kuairand-pure', async () => {
    const data = await read('kuairand-pure', kuairandLayout('Pure', rowsOf(kuairand)));
    expect([data.rows, data.schema.domains.length - 1]).toEqual([90_979, 15]);
    expect(rate(data)).toBeCloseTo(0.448, 3);
    expect(data.schema.fields.find(({ name }) => name === 'hour')!.size).toBe(25);
  });

  it.skipIf(!existsSync(ijcai18))('ijcai18', async () => {
    const rows = rowsOf(ijcai18).filter(({ src }) => src === 'random_train');
    const raw = rows.map((row, i) => ({
      ...row,
      item_category_list: `7908382889764677758;${row.item_category_2}`,
      context_timestamp: 1537236544 + 30 * i,
    }));
    const data = await read('ijcai18', ijcai18Layout(raw));
    expect([data.rows, data.schema.domains.length - 1]).toEqual([19_638, 20]);
    expect(rate(data)).toBeCloseTo(0.019, 2);
  });

  it.skipIf(!existsSync(openBandit))('open-bandit', async () => {
    const layout = Object.fromEntries(
      ['all', 'men', 'women'].flatMap((campaign) => [
        [`open_bandit_dataset/bts/${campaign}/${campaign}.csv`, readFileSync(path(`obd_small/bts_${campaign}.csv`))],
        [
          `open_bandit_dataset/bts/${campaign}/item_context.csv`,
          readFileSync(path(`obd_small/bts_${campaign}_item_context.csv`)),
        ],
      ]),
    );
    const data = await read('open-bandit', layout);
    expect([data.rows, data.schema.domains.slice(1).sort()]).toEqual([30_000, ['all', 'men', 'women']]);
    expect(Math.round(rate(data) * 30_000)).toBe(157);
    // All campaigns together have 160 items, each with its own number of a campaign.
    expect(data.schema.fields.find(({ name }) => name === 'item')!.size).toBeGreaterThan(150);
  });
});
