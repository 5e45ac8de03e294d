import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toHtml } from '../src/index.js';
import { readResults } from '../src/read-results.js';
import { HOSTILE, networkOf, resultsOf, settingsStudy, SMALL } from './fixture.js';

/** The page without its program. Only small parts of it go into `expect`: a failure prints what it is given. */
const markupOf = async (...given: Parameters<typeof resultsOf>): Promise<string> =>
  withoutProgram(await toHtml(resultsOf(...given)));
const withoutProgram = (page: string): string => page.replace(/<script>[^]*<\/script>/, '');
const figures = (page: string): string[] => page.split('<figure ').slice(1);
const has = (page: string, text: string | RegExp): boolean =>
  page.search(text instanceof RegExp ? text : escaped(text)) >= 0;
const escaped = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

describe('the page', async () => {
  const usual = await toHtml(resultsOf());
  const markup = withoutProgram(usual);

  it('has every figure as a drawing, with a caption and its numbers, before any script runs', () => {
    const all = figures(markup);
    expect(all.length).toBeGreaterThanOrEqual(13);
    const whole = /<svg [^]*<path [^]*<\/svg>[^]*<figcaption[^]*<details>[^]*<td class="number">/;
    expect(all.filter((figure) => !has(figure, whole)).map((figure) => figure.slice(0, 60))).toEqual([]);
  });

  it('says of maps that have one value in all of them what it is, and draws none', async () => {
    const uniform = JSON.stringify(resultsOf(), (_, value: { name?: unknown; values?: number[][] }) =>
      value?.name === 'share of cut neurons'
        ? { ...value, values: value.values!.map((row) => row.map(() => 0)) }
        : value,
    );
    const page = withoutProgram(await toHtml(JSON.parse(uniform) as ReturnType<typeof resultsOf>));
    expect(page.match(/<p>[^<]*cut neurons[^<]*/g)).toEqual([
      '<p>Share of cut neurons: 0.00 in every layer, domain and epoch (dnn · fusion, dnn · binarization, dcnv2 · fusion, dcnv2 · binarization).',
    ]);
    const titles = (text: string): number =>
      figures(text).filter((one) => has(one, />Share of cut neurons: d(nn|cnv2) ·/)).length;
    expect([titles(markup) > 0, titles(page)]).toEqual([true, 0]);
  });

  it('asks for nothing from elsewhere', () => {
    const links = [...markup.matchAll(/(?:\b(?:src|href)=["']?|url\(["']?)([^"'\s)>]+)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !/^(#|data:)/.test(link))).toEqual([]);
    expect(has(markup, "default-src 'none'")).toBe(true);
  });

  it('has identifiers that differ', () => {
    const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) < i)).toEqual([]);
  });

  it('escapes what users named', async () => {
    const names = {
      backbones: [HOSTILE, 'dnn'],
      methods: ['plain', HOSTILE],
      domains: [HOSTILE, 'p1'],
      layers: [HOSTILE],
    };
    const more = { study: HOSTILE, environment: { [HOSTILE]: HOSTILE }, config: { description: HOSTILE } };
    const page = await markupOf(names, more);
    expect(/<img[^]{0,50}/.exec(page)?.[0]).toBeUndefined();
    expect((await toHtml(resultsOf(names, more))).split('</script>')).toHaveLength(3);
    expect(page.split('&lt;img src=x').length).toBeGreaterThan(20);
  });

  it('stays below 1.5 MB, and folds the maps of a large study', async () => {
    expect(usual.length).toBeLessThan(1.5e6);
    const domains = Array.from({ length: 60 }, (_, i) => `position ${i}`);
    const many = ['plain', 'one', 'two', 'three'];
    const large = await markupOf({ methods: many, seeds: 1, domains, epochs: 20, layers: ['deep/0'] });
    expect(large.length).toBeLessThan(2e6);
    expect(large.match(/<summary>4 more: [^<]+/g)).toEqual([
      '<summary>4 more: share of cut neurons',
      '<summary>4 more: overlap of kept neurons',
    ]);
    expect(has(large, 'The 30 largest domains of 60.')).toBe(true);
    expect(has(markup, 'class="fold"')).toBe(false);
  });

  it('shows what the statistics say of a gain', async () => {
    const results = resultsOf({ layers: [] });
    const facts = {
      interval: { level: 0.95, low: -0.001, high: 0.009 },
      p: 0.0312,
      pHolm: 0.0936,
      verdict: 'no difference shown',
    };
    const table = results.table.map((row) =>
      row.gains.auc ? { ...row, gains: { auc: { ...row.gains.auc, ...facts } } } : row,
    );
    const page = await markupOf({ layers: [] }, { table } as Partial<typeof results>);
    for (const text of ['[−.0010, +.0090]', '.0312', '.0936', '~', 'no difference shown', '95% interval'])
      expect([text, has(page, text)]).toEqual([text, true]);
  });

  it('of a study with settings has a column of them, times of a row, and the tables of its analyses', async () => {
    const page = withoutProgram(await toHtml(settingsStudy()));
    const headings = [...page.matchAll(/<th\s+scope="col"[^>]*>\s*([^<]*?)\s*<\/th>/g)].map(([, text]) => text);
    expect(headings.slice(0, 3)).toEqual(['Setting', 'Backbone', 'Method']);
    expect(headings).toContain('µs/row');
    for (const title of ['by buckets of domains', 'own (', 'as one number', 'Rank correlation of', 'Three domains'])
      expect([title, page.split('<div class="analysis">').some((part) => part.slice(0, 300).includes(title))]).toEqual([
        title,
        true,
      ]);
    expect([has(page, 'Made up.'), has(page, 'NaN'), has(page, 'undefined')]).toEqual([true, false, false]);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) < i)).toEqual([]);
    // One best AUC a setting.
    expect(page.match(/<td data-sort="[\d.]+" class="number"><strong>\.7\d+ ± /g)).toHaveLength(4);
  });

  it('has the tables of all analyses that the results carry, those of the scores below the results', async () => {
    const interval = { level: 0.95, low: 0.01, high: 0.03 };
    const gain = { mean: 0.02, n: 3, interval, p: 0.01, pHolm: 0.01, comparisons: 1, verdict: 'better' as const };
    const seedsAndRows = [{ backbone: 'dnn', method: 'fusion', gain, seedError: 0.001, rowError: 0.002 }];
    const page = withoutProgram(await toHtml({ ...resultsOf(), analyses: { seedsAndRows } }));
    const results = page.slice(page.indexOf('<section id="results"'), page.indexOf('<section id="domains"'));
    expect([has(results, 'seeds and rows both taken as samples'), has(results, 'error of rows')]).toEqual([true, true]);
  });

  it('of one backbone, one method and one seed is whole', async () => {
    const page = await markupOf({ backbones: ['dnn'], methods: ['plain'], seeds: 1, epochs: 1, domains: ['p0'] });
    expect([has(page, 'id="results-table"'), has(page, 'NaN'), has(page, 'undefined')]).toEqual([true, false, false]);
    const ids = figures(page).map((figure) => /id="([^"]+)"/.exec(figure)![1]);
    expect(ids).toEqual(expect.arrayContaining(['learning-curves', 'reliability']));
    for (const id of ['auc-gain', 'domain-gains', 'cost-auc', 'bucket-gains']) expect(ids).not.toContain(id);
  });
});

describe('results that cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-report-'));
  it.each([
    ['no JSON', '{', 'MDCTR_RESULTS_INVALID'],
    ['a list', '[]', 'MDCTR_RESULTS_INVALID'],
    ['another version', '{"schemaVersion":1}', 'MDCTR_RESULTS_VERSION'],
    ['no version', '{}', 'no schemaVersion'],
    ['no table', '{"schemaVersion":2,"data":{},"trials":[]}', 'no "table"'],
  ])('%s', async (_, text, says) => {
    writeFileSync(join(folder, 'results.json'), text);
    await expect(readResults(folder)).rejects.toThrow(says);
  });

  it('are missing', async () => {
    await expect(readResults(join(folder, 'nowhere.json'))).rejects.toThrow('MDCTR_RESULTS_MISSING');
  });

  it('are found in a folder', async () => {
    writeFileSync(join(folder, 'results.json'), JSON.stringify(resultsOf()));
    expect((await readResults(folder)).results.table).toHaveLength(SMALL.backbones.length * SMALL.methods.length);
  });
});

describe('networks', () => {
  const networks = [networkOf('plain'), networkOf('fusion')];

  it('are shown one fold a model, with sites, shapes and plugins', async () => {
    const page = await markupOf({}, { networks });
    expect(page.split('<details class="network"')).toHaveLength(3);
    expect(has(page, 'data-backbone="dnn" data-method="fusion"')).toBe(true);
    expect(has(page, '<option value="fusion">')).toBe(true);
    expect(has(page, '4 -&gt; 2')).toBe(true);
    expect(has(page, '<span class="plugin">fusion</span>')).toBe(true);
    expect(has(page, 'href="#networks"')).toBe(true);
  });

  it('are left out where results have none', async () => {
    expect(has(await markupOf(), 'networks-title')).toBe(false);
  });

  it('escape names', async () => {
    const page = await markupOf({}, { networks: [networkOf(HOSTILE)] });
    expect(/<img[^]{0,50}/.exec(page)?.[0]).toBeUndefined();
  });
});
