import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@mdctr/base';
import { toText, type StudyResults, type TrialResult } from '@mdctr/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { bench as library } from '../../packages/cli/src/library/bench.js';
import { eventsOf, mdctr, temporaryFolder } from '../support/command.js';

const folder = temporaryFolder();
const [log, study, out] = ['log.csv', 'study.json', 'out'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

/** Clicks that depend on tab and item, and on an item's age: what is new comes in with time. */
function rows(count: number): string {
  const random = new Random(5);
  const lines = Array.from({ length: count }, (_, i) => {
    const [tab, item] = [Math.floor(3 * random.uniform()), Math.floor((i / count) * 20 + 20 * random.uniform())];
    const click = random.uniform() < 0.2 + 0.1 * tab + 0.2 * ((item * 7) % 3) ? 1 : 0;
    return `tab${tab},item${item},${1000 + i},${click}`;
  });
  return ['tab,item,time,click', ...lines].join('\n');
}
writeFileSync(log, rows(2400));

const split = { by: 'time', column: 'time', validation: 0.1, test: 0.2, folds: 2 };
const config = (more: object = {}) => ({
  name: 'Rolling',
  data: { source: { kind: 'files', files: [log] }, domain: 'tab', split: { ...split, ...more } },
  embedding: { dim: 4 },
  backbones: [{ name: 'dnn', hiddenUnits: [8] }],
  methods: [{ label: 'plain' }, { label: 'adasparse', plugins: ['adasparse'] }],
  baselines: ['smoothed-means'],
  seeds: [1, 2],
  training: { epochs: 1, batchSize: 200 },
});
writeFileSync(study, JSON.stringify(config()));

/** What a trial found, without times. */
const found = ({ method, seed, fold, metrics }: TrialResult) => ({ method, seed, fold, metrics });
const bench = (...more: string[]) => mdctr(['bench', study, '--out', out, '--no-cache', ...more]);

describe('a study of two folds', () => {
  let results: StudyResults;
  beforeAll(async () => {
    ({ results } = await library(config(), { cache: false }));
  });

  it('runs every method with every seed on each fold, as a study of that fold alone does', async () => {
    expect(results.trials.map(({ method, seed, fold }) => `${fold} ${method} ${seed}`)).toEqual([
      ...['1 plain 1', '1 plain 2', '1 adasparse 1', '1 adasparse 2'],
      ...['2 plain 1', '2 plain 2', '2 adasparse 1', '2 adasparse 2'],
    ]);
    for (const fold of [1, 2]) {
      const alone = (await library(config(fold === 1 ? { fold } : { folds: undefined }), { cache: false })).results;
      const metrics = results.trials.filter((trial) => trial.fold === fold).map((trial) => trial.metrics);
      expect(alone.trials.map((trial) => trial.metrics)).toEqual(metrics);
      expect(alone.trials[0]).not.toHaveProperty('fold');
      const [fit] = results.baselines!.trials.filter((one) => one.fold === fold);
      expect(fit!.metrics).toEqual(alone.baselines!.trials[0]!.metrics);
    }
  });

  it('takes pairs of seed and fold for its gains, and seeds over the rows of all folds', () => {
    const [plain, adasparse] = results.table;
    const gain = adasparse!.gains['auc']!;
    expect([plain!.seeds, gain.n, gain.comparisons]).toEqual([4, 4, 1]);
    const differences = [4, 5, 6, 7].map((i) => {
      const [one, other] = [results.trials[i < 6 ? i - 2 : i]!, results.trials[i < 6 ? i - 4 : i - 2]!];
      return one.metrics['auc']! - other.metrics['auc']!;
    });
    const mean = differences.reduce((sum, one) => sum + one, 0) / 4;
    expect(gain.mean).toBeCloseTo(mean, 12);
    // The same mean: folds have equally many seeds.
    const [tested] = results.analyses!.seedsAndRows!;
    expect(tested!.gain.n).toBe(2);
    expect(tested!.gain.mean).toBeCloseTo(mean, 6);
    expect(results.baselines!.table[0]!.seeds).toBe(2);
    expect(results.baselines!.gains!.map((one) => one.gain.n)).toEqual([2, 2]);
  });

  it('widens the interval of a gain for the rows that trainings share', () => {
    const { interval, rolling, mean, std, n } = results.table[1]!.gains['auc']!;
    const width = (of: typeof interval): number => of!.high - of!.low;
    const overlap = (480 / 1200 + 480 / 1680) / 2;
    expect(width(rolling!.interval) / width(interval)).toBeCloseTo(Math.sqrt(1 + n * overlap), 9);
    expect(rolling!.interval!.low + rolling!.interval!.high).toBeCloseTo(2 * mean, 12);
    expect(std).toBeGreaterThan(0);
  });

  it('says what the folds are, in the data and below the table', () => {
    const { data } = results;
    expect(data.folds!.map(({ fold, trainRows, evaluationRows }) => [fold, trainRows, evaluationRows])).toEqual([
      [1, 1200, 480],
      [2, 1680, 480],
    ]);
    expect(data.folds![1]!.fingerprint).toBe(data.fingerprint);
    expect(data.folds![0]!.fingerprint).not.toBe(data.fingerprint);
    const text = toText(results);
    expect(text).toContain('480 rows (trained on 1680), in the last of 2 folds');
    expect(text).toContain('over 4 pairs of seed and fold');
    expect(text).toContain('Rolling splits by time, folds: 2.');
    expect(text).toContain('(Nadeau and Bengio, 2003)');
  });

  it('hands back a config that runs again', async () => {
    const again = results.config as { settings: { data: { split: object } }[] };
    expect(again.settings).toHaveLength(1);
    expect(again.settings[0]!.data.split).toEqual(split);
    expect(again.settings[0]).not.toHaveProperty('fold');
  });

  it('is planned, run and gone on with by the command, trial by trial', () => {
    const plan = bench('--plan');
    expect(plan.stdout, plan.stderr).toContain('Plan: 8 trials (2 models, 2 seeds, 2 folds).');
    expect(plan.stdout).toMatch(/^dnn +plain +1 /m);
    expect(bench().code).toBe(0);
    const read = (): StudyResults => JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;
    expect(read().trials.map(found)).toEqual(results.trials.map(found));
    const place = join(out, 'trials', 'dnn', 'plain', 'fold-1', 'seed-2');
    expect(existsSync(join(place, 'scores.f32'))).toBe(true);
    expect(existsSync(join(out, 'baselines', 'smoothed-means', 'fold-2', 'seed-1', 'result.json'))).toBe(true);
    const before = read();
    rmSync(place, { recursive: true });
    const again = bench('--json');
    expect(again.code, again.stderr).toBe(0);
    const begun = eventsOf(again.stdout).filter(({ event }) => event === 'trial');
    expect(begun).toMatchObject([{ method: 'plain', seed: 2, fold: 1 }]);
    expect(read().trials.map(found)).toEqual(before.trials.map(found));
    expect(read().analyses!.seedsAndRows).toEqual(before.analyses!.seedsAndRows);
  });
});
