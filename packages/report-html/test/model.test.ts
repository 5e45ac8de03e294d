import type { TrialResult } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import { bucketGainsOf } from '../src/analyses/buckets/entries.js';
import { overlapScattersOf } from '../src/analyses/overlap/entries.js';
import { figuresOf } from '../src/figures/index.js';
import { LIGHT } from '../src/figures/palette.js';
import { pool } from '../src/model/calibration.js';
import { paretoOf, type CostPoint } from '../src/model/cost.js';
import { curvesOf } from '../src/model/curves.js';
import { domainGainsOf, gainsOf } from '../src/model/gains.js';
import { betweenDomains, overTime, spread } from '../src/model/matrices.js';
import { inSetting } from '../src/model/in-setting.js';
import { analysesOf, modelOf } from '../src/model/model.js';
import { numbersOf } from '../src/model/settings.js';
import { resultsOf, settingsStudy, similarityOf } from './fixture.js';

const point = (method: string, flopsPerRow: number, auc: number, stepMs = 1): CostPoint => {
  return { backbone: 'dnn', method, flopsPerRow, auc, stepMs, parameters: 1 };
};

/** The fixture with one trial changed. */
function changed(backbone: string, method: string, seed: number, change: (trial: TrialResult) => TrialResult) {
  const results = resultsOf();
  const is = (one: TrialResult): boolean => one.backbone === backbone && one.method === method && one.seed === seed;
  return { ...results, trials: results.trials.map((one) => (is(one) ? change(one) : one)) };
}

describe('the Pareto line', () => {
  const names = (points: CostPoint[], cost: 'flopsPerRow' | 'stepMs' = 'flopsPerRow'): string[] =>
    paretoOf(points, cost).map(({ method }) => method);

  it('has what no other point beats, cheapest first', () => {
    expect(names([point('best', 30, 0.9), point('beaten', 20, 0.7), point('cheap', 10, 0.8)])).toEqual([
      'cheap',
      'best',
    ]);
  });

  it('of two that cost the same has the better one, of two as good the cheaper', () => {
    expect(names([point('worse', 10, 0.7), point('better', 10, 0.8), point('dear', 20, 0.8)])).toEqual(['better']);
  });

  it('goes by the cost that it is asked for', () => {
    const points = [point('slow', 10, 0.8, 50), point('fast', 90, 0.7, 5)];
    expect(names(points)).toEqual(['slow']);
    expect(names(points, 'stepMs')).toEqual(['fast', 'slow']);
  });
});

describe('gains', () => {
  it('are paired by backbone and seed, and the baseline has none', () => {
    const results = resultsOf();
    const gains = gainsOf(results);
    expect(gains.map(({ method }) => method)).not.toContain('plain');
    const auc = (method: string): number =>
      results.trials.find((one) => one.backbone === 'dcnv2' && one.method === method && one.seed === 2)!.metrics.auc!;
    const [seed] = gains.find((one) => one.backbone === 'dcnv2' && one.method === 'fusion')!.seeds.slice(1);
    expect(seed).toEqual({ seed: 2, gain: auc('fusion') - auc('plain') });
  });

  it('take an interval from the table where it has one', () => {
    const results = resultsOf();
    const interval = { level: 0.9, low: -0.1, high: 0.2 };
    const table = results.table.map((row) =>
      row.gains.auc ? { ...row, gains: { auc: { ...row.gains.auc, interval } } } : row,
    );
    expect(gainsOf({ ...results, table } as typeof results)[0]!.interval).toEqual(interval);
  });

  it('by domain stand at the rows of training, and leave out seeds without an AUC', () => {
    const results = changed('dnn', 'fusion', 1, (trial) => ({
      ...trial,
      details: {
        ...trial.details!,
        domains: trial.details!.domains.map((one) => (one.domain === 'p1' ? { ...one, metrics: { auc: null } } : one)),
      },
    }));
    const of = (domain: string) =>
      domainGainsOf(results).find((one) => one.method === 'fusion' && one.domain === domain)!;
    expect(of('p0')).toMatchObject({ backbone: 'dnn', rows: 20_000, seeds: 3 });
    expect(of('p1').seeds).toBe(2);
    const whole = domainGainsOf(resultsOf()).find((one) => one.method === 'fusion' && one.domain === 'p1')!;
    expect(of('p1').gain).not.toBe(whole.gain);
  });
});

describe('learning curves', () => {
  it('are means over the seeds that came as far', () => {
    const results = changed('dnn', 'plain', 1, (trial) => ({
      ...trial,
      details: {
        ...trial.details!,
        epochs: trial.details!.epochs.slice(0, 2).map((epoch) => ({ ...epoch, loss: 0.8 })),
      },
    }));
    const [curve] = curvesOf(results);
    expect(curve!.points.map(({ seeds }) => seeds)).toEqual([3, 3, 2]);
    expect(curve!.points[0]!.loss).toBeCloseTo((0.8 + 0.5 + 0.5) / 3, 12);
  });
});

describe('calibration', () => {
  it('pools bins of one rank by their rows', () => {
    const pooled = pool([
      [
        { rows: 10, predicted: 0.1, observed: 0.2 },
        { rows: 5, predicted: 0.5, observed: 0.5 },
      ],
      [{ rows: 30, predicted: 0.2, observed: 0.1 }],
    ]);
    expect(pooled.map(({ rows }) => rows)).toEqual([40, 5]);
    expect(pooled[0]!.predicted).toBeCloseTo((10 * 0.1 + 30 * 0.2) / 40, 12);
    expect(pooled[0]!.observed).toBeCloseTo((10 * 0.2 + 30 * 0.1) / 40, 12);
  });
});

describe('maps', () => {
  it('over time: a panel a layer, a column an epoch, means over the seeds, whichever plugin speaks', () => {
    const maps = overTime(resultsOf());
    expect(maps.map(({ plugin, method }) => [plugin, method])).toEqual(
      ['fusion', 'binarization', 'fusion', 'binarization'].map((method) => ['some-plugin', method]),
    );
    expect(maps[0]!.panels.map(({ layer, columns }) => [layer, columns])).toEqual([
      ['deep/0', ['1', '2', '3']],
      ['deep/1', ['1', '2', '3']],
    ]);
    const { values } = resultsOf().trials.find(({ method }) => method === 'fusion')!.details!.epochs[1]!.matrices![
      'some-plugin'
    ]![0]!;
    expect(maps[0]!.panels[1]!.values[2]![1]).toBeCloseTo(values[2]![1]!, 4);
  });

  it('between domains: a panel a layer, the largest domains of many', () => {
    const domains = Array.from({ length: 40 }, (_, i) => `p${i}`);
    const [map] = betweenDomains(resultsOf({ domains }));
    expect([map!.panels.length, map!.domains.length, map!.omitted]).toEqual([2, 30, 10]);
    expect(map!.panels[0]!.values[3]![3]).toBe(1);
  });

  it('spread epochs evenly, the last one among them', () => {
    expect(spread(3, 12)).toEqual([0, 1, 2]);
    expect(spread(101, 5)).toEqual([0, 25, 50, 75, 100]);
  });
});

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
    const own = inSetting(model, '16 domains');
    expect(own.gains.length).toBe(model.gains.length / 2);
    expect(own.gains.every(({ setting }) => setting === '16 domains')).toBe(true);
    expect(own.methods).toEqual(model.methods);
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
    const [scatter] = overlapScattersOf(analysesOf(results).overlap!, results);
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
    const gains = bucketGainsOf(analysesOf(results).buckets!);
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
    expect(ids(bare)).toEqual(['auc-gain', 'cost-auc']);
  });
});
