import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StudyResults } from '@mdctr/report';
import { bench as library } from '../../packages/cli/src/library/bench.js';
import { eventsOf, mdctr, temporaryFolder } from '../support/command.js';

const folder = temporaryFolder();
const [study, out] = [join(folder, 'study.json'), join(folder, 'out')];
writeFileSync(
  study,
  JSON.stringify({
    name: 'Small',
    data: { source: { kind: 'synthetic', rows: 3000, domains: 3 } },
    embedding: { dim: 4 },
    backbones: [{ name: 'dnn', hiddenUnits: [8] }],
    baselines: ['smoothed-means', 'lightgbm', { name: 'logistic', label: 'LR', columns: 'means' }],
    seeds: [1, 2],
    training: { epochs: 1, batchSize: 200 },
  }),
);
const bench = (...more: string[]) =>
  mdctr(['bench', study, '--out', out, '--no-cache', '--python', join(folder, 'no-python'), ...more]);
const resultsOf = (): StudyResults => JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;
const resultFile = (label: string): string => join(out, 'baselines', label, 'seed-1', 'result.json');

describe('bench with baselines', () => {
  let first: ReturnType<typeof bench>;
  beforeAll(() => {
    first = bench();
  });

  it('shows them above the networks, and says which the machine lacks something for', () => {
    const { code, stdout, stderr } = first;
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/\(none\) +smoothed means +\.\d{4} \[\.\d{4}, \.\d{4}\][^]*\(none\) +LR [^]*dnn +plain /);
    expect(stdout).toMatch(/[01] of 1 network is shown to beat the best baseline, "(smoothed means|LR)" \(\.\d{4}\)/);
    for (const text of [stdout, stderr]) expect(text).toContain(`there is no Python at ${join(folder, 'no-python')}`);
  });

  it('keeps them with their scores', () => {
    const { baselines, trials, plannedTrials } = resultsOf();
    expect(baselines!.table.map(({ method }) => method)).toEqual(['smoothed means', 'LR']);
    expect(baselines!.trials[0]!.chosen).toHaveProperty('weights');
    expect([trials.length, plannedTrials]).toEqual([2, 2]);
    const { evaluationRows } = resultsOf().data;
    expect(statSync(resultFile('lr').replace('result.json', 'scores.f32')).size).toBe(4 * evaluationRows);
  });

  it('finds the same as the library, which fits them in its own process', async () => {
    const config = JSON.parse(readFileSync(study, 'utf8')) as { baselines: unknown[] };
    const baselines = config.baselines.filter((one) => one !== 'lightgbm');
    const { results } = await library({ ...config, baselines }, { cache: false });
    const [ours, theirs] = [results.baselines!, resultsOf().baselines!];
    expect(ours.trials.map(({ metrics }) => metrics)).toEqual(theirs.trials.map(({ metrics }) => metrics));
    expect(ours.best).toEqual(theirs.best);
    expect(ours.gains!.length).toBe(1);
  });

  it('goes on with those that are left', () => {
    const before = resultsOf();
    const kept = statSync(resultFile('smoothed-means')).mtimeMs;
    rmSync(resultFile('lr'));
    const { code, stdout, stderr } = bench('--json');
    expect(code, stderr).toBe(0);
    const events = eventsOf(stdout);
    expect(events.filter(({ event }) => event === 'baselineDone').map(({ method }) => method)).toEqual(['LR']);
    expect(events.some(({ event }) => event === 'trial')).toBe(false);
    expect(statSync(resultFile('smoothed-means')).mtimeMs).toBe(kept);
    const after = resultsOf();
    expect(after.baselines!.gains).toEqual(before.baselines!.gains);
    expect(after.baselines!.trials.map(({ metrics }) => metrics)).toEqual(
      before.baselines!.trials.map(({ metrics }) => metrics),
    );
  });

  it('removes them with --fresh', () => {
    expect(bench('--fresh', '--set', 'baselines=[]').code).toBe(0);
    expect(existsSync(join(out, 'baselines'))).toBe(false);
    expect(resultsOf().baselines).toBeUndefined();
  });
});
