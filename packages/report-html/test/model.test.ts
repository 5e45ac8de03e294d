import { betweenDomains, overTime, spread } from '@mdctr/report/figures';
import { type TrialResult } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import { pool } from '../src/model/calibration.js';
import { paretoOf, type CostPoint } from '../src/model/cost.js';
import { curvesOf } from '../src/model/curves.js';
import { domainGainsOf, gainsOf } from '../src/model/gains.js';
import { resultsOf } from './fixture.js';

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
    expect(seed).toEqual({ run: 'seed 2', gain: auc('fusion') - auc('plain') });
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

describe('learning curves with evaluations within epochs', () => {
  it('stand at the fraction of the epoch, ends of epochs together', () => {
    const points = (...steps: readonly [epochsDone: number, auc: number][]) =>
      steps.map(([epochsDone, auc]) => {
        const epoch = Math.max(1, Math.ceil(epochsDone));
        return { epoch, epochsDone, loss: epochsDone === 0 ? null : 0.5, metrics: { auc } };
      });
    // The second seed has one step fewer an epoch: its first epoch has one evaluation less.
    const runs = [
      points([0, 0.5], [0.4, 0.6], [0.8, 0.62], [1, 0.7], [1.4, 0.72]),
      points([0, 0.5], [0.5, 0.64], [1, 0.74]),
    ];
    const results = resultsOf({ backbones: ['dnn'], methods: ['plain'], seeds: 2 });
    const trials = results.trials.map((trial, i) => ({
      ...trial,
      details: { ...trial.details!, evaluations: runs[i]! },
    }));
    const [curve] = curvesOf({ ...results, trials });
    expect(curve!.points.map(({ epoch, seeds }) => [epoch, seeds])).toEqual([
      ...[
        [0, 2],
        [0.45, 2],
        [0.8, 1],
        [1, 2],
        [1.4, 1],
      ],
    ]);
    expect(curve!.points[1]!.auc).toBeCloseTo(0.62, 12);
    expect(curve!.points[3]!.auc).toBeCloseTo(0.72, 12);
    expect(curve!.points[0]!.loss).toBeNull();
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
