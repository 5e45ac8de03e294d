import { LIGHT } from '@mdctr/report/figures';
import type { BucketGain, OverlapScatter } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../src/figures/index.js';
import { inSetting } from '../src/model/in-setting.js';
import { analysesOf, modelOf } from '../src/model/model.js';
import { numbersOf } from '../src/model/settings.js';
import { resultsOf, settingsStudy, similarityOf } from './fixture.js';

describe('settings', () => {
  const results = settingsStudy();
  const model = modelOf(results);

  it('are kept apart wherever trials are grouped', () => {
    for (const list of [
      model.gains,
      model.domainGains,
      model.curves,
      model.costs,
      model.reliabilities,
      model.overTime,
    ]) {
      const keys = list.map(({ setting, backbone, method, ...rest }) =>
        JSON.stringify([setting, backbone, method, (rest as { domain?: string }).domain]),
      );
      expect([new Set(keys).size, new Set(list.map(({ setting }) => setting)).size]).toEqual([keys.length, 2]);
    }
    const [small, large] = model.settings.map((setting) => model.gains.find((one) => one.setting === setting)!);
    expect([small!.seeds.length, large!.seeds.length]).toEqual([3, 3]);
    const trial = (setting: string, method: string) =>
      results.trials.find((one) => one.setting === setting && one.method === method && one.seed === 1)!.metrics.auc!;
    expect(large!.seeds[0]!.gain).toBe(trial('16 domains', 'per-domain') - trial('16 domains', 'plain'));
    expect(small!.mean).not.toBe(large!.mean);
  });

  it('have figures of their own, which say whose they are', () => {
    const part = inSetting(model, '16 domains');
    expect(part.gains.length).toBe(model.gains.length / 2);
    expect(part.gains.every(({ setting }) => setting === '16 domains')).toBe(true);
    expect(part.methods).toEqual(model.methods);
    const figures = figuresOf(model);
    const ids = figures.map(({ id }) => id);
    const twice = ['auc-gain', 'bucket-gains', 'own-network', 'learning-curves', 'cost-auc', 'reliability'];
    for (const id of twice) expect(ids).toEqual(expect.arrayContaining([`${id}-2-domains`, `${id}-16-domains`]));
    expect(ids).toContain('settings');
    expect(figures.find(({ id }) => id === 'cost-auc-2-domains')!.title).toBe('Cost against AUC (2 domains)');
    expect(figuresOf(modelOf(resultsOf())).map(({ id }) => id)).not.toContain('settings');
  });

  it('stand at the numbers that all labels begin with, if they do', () => {
    expect(numbersOf(['4 domains', '16 domains', '0.5'])).toEqual([4, 16, 0.5]);
    expect(numbersOf(['10k rows', '1M', '20%', '1e-3'])).toEqual([10_000, 1e6, 0.2, 0.001]);
    expect(numbersOf(['4 domains', 'all'])).toBeNull();
    expect(numbersOf(['4 domains', '4 tabs'])).toBeNull();
    expect(numbersOf(['4k2', '5'])).toBeNull();
  });
});

describe('overlap against similarity', () => {
  it('pairs what a plugin says with how alike the domains are, and marks the three that are named', () => {
    const domains = ['p0', 'p1', 'p2', 'p3'];
    const base = resultsOf();
    const similarity = similarityOf(domains);
    const results = { ...base, data: { ...base.data, similarity } };
    const [scatter] = modelOf(results).analyses.overlap as readonly OverlapScatter[];
    expect(scatter!.panels.map(({ layer, measure }) => [layer, measure])).toEqual([
      ['deep/0', 'audience'],
      ['deep/0', 'response'],
      ['deep/1', 'audience'],
      ['deep/1', 'response'],
    ]);
    const { pairs, correlation } = scatter!.panels[1]!;
    expect(pairs.map(({ a, b, chosen }) => `${a}${b}${chosen ? '*' : ''}`)).toEqual([
      'p0p1*',
      'p0p2*',
      'p0p3',
      'p1p2*',
      'p1p3',
      'p2p3',
    ]);
    expect(pairs[4]!.similarity).toBeCloseTo(similarity.measures[1]!.values[1]![3]!, 4);
    expect(correlation!.mean).toBe(analysesOf(results).overlap!.rows[1]!.correlation!.mean);
  });
});

describe('figures', () => {
  it('leave out what earlier results have not: inference times, analyses', () => {
    const { table, ...old } = resultsOf({ layers: [] });
    const bare = table.map(({ inferenceUs: _, ...row }) => row as (typeof table)[number]);
    const model = modelOf({ ...old, table: bare });
    const cost = figuresOf(model).find(({ id }) => id === 'cost-auc')!;
    expect((cost.option(900, LIGHT)['title'] as object[]).length).toBe(3);
    expect(cost.table().rows[0]![cost.table().head.indexOf('µs per row')]).toBeNull();
    expect(model.analyses.buckets!.length).toBeGreaterThan(0);
    const now = figuresOf(modelOf({ ...old, table })).find(({ id }) => id === 'cost-auc')!;
    expect((now.option(900, LIGHT)['title'] as object[]).length).toBe(4);
  });

  it('draw the line of the baseline where it is', () => {
    const model = modelOf(resultsOf());
    const { option } = figuresOf(model).find(({ id }) => id.startsWith('plugin-statistics'))!;
    const series = option(900, LIGHT)['series'] as { markLine?: { precision: number; data: { yAxis?: number }[] } }[];
    const lines = series.flatMap(({ markLine }) => markLine?.data.flatMap(({ yAxis }) => yAxis ?? []) ?? []);
    const base = ['dnn', 'dcnv2'].map((name) => {
      return model.costs.find(({ backbone, method }) => backbone === name && method === 'plain')!.auc;
    });
    expect(lines).toEqual(base);
    expect(series.flatMap(({ markLine }) => markLine?.precision ?? [])).toEqual([6, 6, 6, 6]);
  });

  it('reach as far as intervals do', () => {
    const results = settingsStudy();
    const figure = figuresOf(modelOf(results)).find(({ id }) => id === 'bucket-gains-16-domains')!;
    const [unseen] = figure.option(900, LIGHT)['series'] as { data: [number, number][] }[];
    const gains = modelOf(results).analyses.buckets as readonly BucketGain[];
    const lows = gains.filter(({ setting }) => setting === '16 domains').map(({ low }) => low!);
    expect(Math.min(...unseen!.data.map(([, y]) => y))).toBe(Math.min(0, ...lows));
  });

  it('are there for what a study has, and only for that', () => {
    const ids = (results = resultsOf()): string[] => figuresOf(modelOf(results)).map(({ id }) => id);
    expect(new Set(ids()).size).toBe(ids().length);
    expect(ids()).toEqual(
      expect.arrayContaining(['auc-gain', 'domain-gains', 'learning-curves', 'cost-auc', 'reliability']),
    );
    expect(ids(resultsOf({ layers: [] })).filter((id) => /cut|overlap/.test(id))).toEqual([]);
    const old = resultsOf();
    const bare = { ...old, trials: old.trials.map(({ details: _, ...trial }) => trial) };
    expect(ids(bare)).toEqual(expect.arrayContaining(['auc-gain', 'cost-auc']));
    expect(ids(bare).filter((id) => /domain|curve|reliability|bucket|plugin|overlap/.test(id))).toEqual([]);
  });
});
