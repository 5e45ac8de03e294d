import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runInHost as run, temporaryFolder } from '../support/command.js';

const folder = temporaryFolder();
const shared = process.env.MDCTR_SHARED_DATA ?? join(root, '../shared/data');
const noise = (i: number, salt: number): number => (Math.imul(i * 31 + salt, 0x9e3779b1) >>> 9) % 1000;

/** 800 rows of 200 columns. */
function wide(): string {
  const path = join(folder, 'wide.csv');
  const header = ['clicked', 'page', ...Array.from({ length: 198 }, (_, c) => `c${c}`)];
  const rows = Array.from({ length: 800 }, (_, i) => [
    noise(i, 1) < 300 ? 1 : 0,
    `page${noise(i, 2) % 4}`,
    ...Array.from({ length: 198 }, (_, c) => (c % 3 === 0 ? noise(i, c) / 7 : `v${noise(i, c) % (c + 2)}`)),
  ]);
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

/** Conversions with property lists, laid out as IJCAI-18's are: `;` between, pairs of `category:properties` too. */
function properties(): string {
  const path = join(folder, 'properties.csv');
  const list = (i: number, salt: number, length: number): string =>
    Array.from({ length }, (_, j) => 10 ** 15 + (noise(i % 60, salt + j) % 150)).join(';');
  const rows = Array.from({ length: 900 }, (_, i) => [
    noise(i, 1) < 200 ? 1 : 0,
    4001 + (noise(i, 2) % 5),
    noise(i, 3) % 60,
    list(i, 10, 2),
    list(i, 20, 1 + (i % 60)),
    Array.from({ length: 1 + (i % 7) }, (_, j) => `${noise(i, j) % 40}:${noise(i, 9 + j) % 9}`).join(';'),
    noise(i, 5) / 1000,
  ]);
  const header =
    'is_trade,context_page_id,item_id,item_category_list,item_property_list,predict_category_property,shop_score';
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

/** The first rows of KuaiRand, or its place where it is absent. */
function kuairand(): string {
  const whole = join(shared, 'kuairand_pure/flat_2022-04-25_04-30.csv');
  if (!existsSync(whole)) return whole;
  const path = join(folder, 'kuairand.csv');
  writeFileSync(path, readFileSync(whole, 'utf8').split('\n', 4001).join('\n') + '\n');
  return path;
}

describe('mdctr data describe', () => {
  it.each([
    ['a file of 200 columns', wide(), 'clicked', 'page'],
    ['Open Bandit', join(shared, 'obd_small/bts_all.csv'), 'click', 'position'],
    ['lists like those of IJCAI-18', properties(), 'is_trade', 'context_page_id'],
    ['KuaiRand', kuairand(), 'is_click', 'tab'],
  ])('%s: the proposed config trains and predicts as it is', async (name, csv, label, domain) => {
    if (!existsSync(csv)) return console.warn(`skipped: ${csv} is absent`);
    const config = join(folder, `${label}.json`);
    const named = ['--label', label, '--domain', domain];
    // Trying out takes its time: it is looked at once.
    const checked = label === 'is_trade';
    const flags = ['--out', config, ...(checked ? [] : ['--no-check'])];
    const { code, stdout } = await run(['data', 'describe', csv, ...named, ...flags]);
    expect([code, stdout.includes(`label   ${label}`), stdout.includes('Next:')]).toEqual([0, true, true]);
    expect([stdout.includes('tried out  '), stdout.includes('--no-check')]).toEqual([checked, !checked]);
    const model = join(folder, label);
    const trained = await run(['train', config, '--out', model, '--set', 'training.epochs=1']);
    expect(trained.code, trained.stderr).toBe(0);
    const scores = join(folder, `${label}.scores.csv`);
    const predicted = await run(['predict', model, '--data', csv, '--out', scores]);
    expect(predicted.code, predicted.stderr).toBe(0);
    expect(readFileSync(scores, 'utf8').trimEnd().split('\n').length).toBe(
      readFileSync(csv, 'utf8').trimEnd().split('\n').length,
    );
    expect((await run(['data', 'describe', csv, '--out', config])).stderr).toContain('is there already');
  });

  it('proposes lists with their separator', async () => {
    const { stdout } = await run(['data', 'describe', properties(), '--domain', 'context_page_id', '--json']);
    const { data } = JSON.parse(stdout) as { data: { fields: object[] } };
    const list = { separator: ';', pooling: 'mean' };
    expect(data.fields).toEqual([
      '*',
      { name: 'item_category_list', list },
      { name: 'item_property_list', list },
      { name: 'predict_category_property', list },
      { name: 'shop_score', encoding: { kind: 'quantiles', buckets: 20 } },
    ]);
  });

  it('needs a label and a domain to write a config, and says how to name them', async () => {
    const plain = join(folder, 'plain.csv');
    writeFileSync(plain, `a,b\n${'x,1\ny,2\n'.repeat(30)}`);
    const out = join(folder, 'plain.json');
    const { code, stderr } = await run(['data', 'describe', plain, '--out', out]);
    expect([code, stderr.includes('--label'), existsSync(out)]).toEqual([1, true, false]);
    expect((await run(['data', 'describe', plain])).stdout).toContain('none found');
  });

  it('has help', async () => {
    expect((await run(['data', '--help'])).stdout).toContain('describe');
    expect((await run(['data', 'describe', '--help'])).stdout).toContain('Usage: mdctr data describe');
  });
});
