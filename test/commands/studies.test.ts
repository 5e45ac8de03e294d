import { loadConfig, validateConfig } from '@mdctr/config';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { refuseConflicts } from '@mdctr/core';
import type { StudyResults } from '@mdctr/report';
import { openSettings, studySchema, type StudyConfig } from '@mdctr/study';
import { describe, expect, it } from 'vitest';
import { findChromium, launch, watch } from '../../packages/report-html/test/chromium.js';
import { mdctr, root, temporaryFolder } from '../support/command.js';
import { builtinRegistry } from '../support/registry.js';

const folder = join(root, 'examples/studies');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'base.json')
  .map((name) => name.replace('.json', ''));
const registry = builtinRegistry();

describe('examples/studies', () => {
  it('are the seven of the paper and two of our own', () => {
    expect(names.sort()).toEqual([
      ...['budget-parity', 'complexity', 'domain-sizes', 'number-of-domains', 'overall', 'overlap', 'pruner-forms'],
      ...['sparsity-range', 'transfer'],
    ]);
  });

  it.each(names.flatMap((name) => ['embedded', 'kuairand', 'ijcai18'].map((dataset) => [name, dataset] as const)))(
    '%s is a study on %s, with the three baselines and three seeds or more',
    (name, dataset) => {
      const document = loadConfig(join(folder, `${name}.json`), { dataset });
      const valid = validateConfig<StudyConfig>(document, studySchema(registry));
      const { config } = openSettings({ config: valid, document, registry, packages: [] });
      expect(config.dataset).toBe(dataset);
      expect(config.seeds.length).toBeGreaterThanOrEqual(3);
      const plugins = config.methods.map((method) => method.plugins.map((plugin) => plugin.name).join(' '));
      expect(plugins).toEqual(expect.arrayContaining(['', 'domain-blind', 'per-domain']));
      for (const method of config.methods) {
        const units = method.plugins.map((plugin) => registry.get('plugin', plugin.name));
        refuseConflicts(units, { file: name });
      }
      const { source } = config.data;
      expect(source.kind).toBe(dataset === 'embedded' ? 'synthetic' : 'files');
    },
  );
});

/** A study with everything that stands before trials: groups, a domain held out, budgets, a search. */
const everything = {
  name: 'Everything',
  data: { source: { kind: 'synthetic', rows: 2000, domains: 4 }, minFrequency: 2 },
  embedding: { dim: 4 },
  backbones: [{ name: 'dnn', label: 'small', hiddenUnits: [8] }],
  methods: [
    { label: 'plain' },
    { label: 'own', plugins: ['per-domain'] },
    { label: 'ours', plugins: ['adasparse'], search: { 'plugins[0].epsilon': { low: 0.1, high: 0.4 } } },
  ],
  seeds: [1, 2],
  training: { epochs: 2, batchSize: 256, optimizer: { kind: 'adam', learningRate: 0.02 } },
  settings: [
    { label: 'as it is' },
    { label: '2 groups', data: { domainGroups: 2 } },
    { label: 'new domain', data: { holdOut: { domain: { rank: 2 } } } },
    { label: 'same size', budget: { same: 'parameters' } },
    {
      label: 'tuned',
      search: {
        kind: 'halving',
        trials: 4,
        factor: 2,
        space: { 'training.optimizer.learningRate': { low: 0.001, high: 0.05, log: true } },
      },
    },
  ],
};

describe('a study of settings', () => {
  const place = temporaryFolder();
  const out = join(place, 'out');
  const file = join(place, 'study.json');
  writeFileSync(file, JSON.stringify(everything));

  it('runs the grid under each, tunes on validation rows alone, and says what it did', () => {
    const { code, stdout, stderr } = mdctr(['bench', file, '--out', out, '--threads', '1']);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^new domain +small +ours +\.\d{4}/m);
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;
    expect(results.trials).toHaveLength(5 * 3 * 2);
    expect(new Set(results.trials.map(({ testPasses }) => testPasses))).toEqual(new Set([1]));
    expect(results.settings!.map(({ data }) => data.domains)).toEqual([4, 2, 3, 4, 4]);

    // Settings that say nothing of a method's training leave it as it was: the same rows, order and first values.
    const aucOf = (setting: string, method: string): (number | null)[] =>
      results.trials
        .filter((t) => t.setting === setting && t.method === method)
        .map(({ metrics }) => metrics.auc ?? null);
    expect(aucOf('same size', 'plain')).toEqual(aucOf('as it is', 'plain'));
    expect(aucOf('tuned', 'plain')).not.toEqual(aucOf('as it is', 'plain'));

    // Metrics of the new domain are of its rows alone, which training never saw.
    const [fresh] = results.trials.filter(({ setting }) => setting === 'new domain');
    expect(fresh!.details!.domains.map(({ domain }) => domain)).toEqual(['(unseen)']);

    const budget = results.budgets!.find(({ method }) => method === 'own')!;
    expect(budget).toMatchObject({ setting: 'same size', same: 'parameters', as: 'plain' });
    expect(Math.abs(budget.cost - budget.target)).toBeLessThan(0.2 * budget.target);

    const tuning = results.tuning!;
    expect(tuning.map(({ method }) => method)).toEqual(['plain', 'own', 'ours']);
    for (const { trials, best } of tuning) {
      expect(trials.map(({ rung }) => rung)).toEqual([0, 0, 0, 0, 1, 1]);
      expect(trials.map(({ testPasses }) => testPasses)).toEqual([0, 0, 0, 0, 0, 0]);
      expect(best!.score).toBe(Math.max(...trials.slice(4).map(({ score }) => score!)));
    }
    const rates = tuning.map(({ trials }) =>
      trials.slice(0, 4).map((t) => t.values['training.optimizer.learningRate']),
    );
    expect(rates).toEqual([rates[0], rates[0], rates[0]]);
    expect(results.analyses!.seedsAndRows!.length).toBeGreaterThan(0);
    expect(results.analyses!.ensemble!.length).toBeGreaterThan(results.analyses!.seedsAndRows!.length);
    expect(results.analyses!.ownNetwork!.method).toBe('own');
  });

  it('goes on from its tuning, and needs no trial again', () => {
    const before = readFileSync(join(out, 'results.json'), 'utf8');
    const { code, stderr } = mdctr(['bench', file, '--out', out]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Nothing is left to run.')]);
    expect(readFileSync(join(out, 'results.json'), 'utf8').length).toBe(before.length);
  });
});

describe('the report of the first study', () => {
  const executable = findChromium();

  it.skipIf(!executable)('shows every figure in Chromium, without a complaint or the network', async () => {
    const out = join(temporaryFolder(), 'out');
    const small = [
      'data.source.rows=1000',
      'training.epochs=2',
      'training.batchSize=512',
      'seeds=[1,2]',
      'backbones=["dnn"]',
    ];
    const sets = small.flatMap((set) => ['--set', set]);
    const { code, stderr } = mdctr(['bench', join(folder, 'overall.json'), ...sets, '--out', out, '--parallel', '2']);
    expect(code, stderr).toBe(0);
    const browser = await launch(executable!);
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      watch(page, complaints);
      await page.goto(pathToFileURL(join(out, 'report.html')).href);
      await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      for (const figure of await page.locator('figure').all()) {
        await figure.scrollIntoViewIfNeeded();
        await figure.locator('.live svg path').first().waitFor({ state: 'attached' });
      }
      const ids = await page.locator('figure').evaluateAll((all) => all.map((one) => one.id));
      for (const id of ['auc-gain', 'domain-gains', 'learning-curves', 'reliability']) expect(ids).toContain(id);
      for (const part of ['cost', 'bucket', 'own-network', 'similarity', 'overlap']) {
        expect(ids.join(' ')).toContain(part);
      }
      // Nothing is cut in so short a training: a sentence, in place of maps of one value.
      expect(await page.locator('main').innerText()).toContain('Share of cut neurons: 0.00 in every layer');
      expect(await page.locator('#results-table tbody tr').count()).toBe(8); // seven methods, and maml's variant
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
