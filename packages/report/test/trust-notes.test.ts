import { describe, expect, it } from 'vitest';
import { notesOf, type StudyResults, type TrialResult } from '../src/index.js';

const trial = (more: Partial<TrialResult> = {}): TrialResult => ({
  ...{ backbone: 'dnn', method: 'plain', seed: 1, metrics: { auc: 0.7, domainAuc: 0.7, logLoss: 0.5 } },
  ...{ parameters: 10, flopsPerRow: 10, stepMs: 1, inferenceUs: 1, testPasses: 1, seconds: 1, epochs: 5, bestEpoch: 3 },
  ...more,
});
const data = { rows: 10, fields: 3, domains: 2, trainRows: 8, evaluationRows: 2 };
const notes = (trials: TrialResult[], more: Partial<StudyResults> = {}): string =>
  notesOf({
    ...{ schemaVersion: 2, study: 's', split: 'test', selectedOnSplit: false, createdAt: '', environment: {}, data },
    ...{ baseline: 'plain', plannedTrials: trials.length, trials, table: [] },
    ...more,
  }).join('\n');

describe('notes on what the table can be trusted for', () => {
  it('say what the data warn of', () => {
    expect(notes([trial()], { data: { ...data, warnings: ['Two domains are one.'] } })).toContain(
      'Two domains are one.',
    );
    const of = (...warnings: string[][]): string =>
      notes([trial()], {
        settings: warnings.map((own, i) => {
          return { label: `s${i}`, split: 'test', selectedOnSplit: false, data: { ...data, warnings: own } };
        }),
      });
    expect(of(['All.', 'One.'], ['All.'])).toMatch(/^All\.\ns0: One\.$/m);
  });

  it('say what the marks of the table are, and how many trials were best at their end, variants left out', () => {
    const table = [{ backbone: 'dnn', method: 'plain', metrics: {}, gains: {}, comparisons: {} }] as never;
    const at = (bestStep: number, variant?: string) => trial({ steps: 50, bestStep, ...(variant && { variant }) });
    expect(notes([at(50), at(30), at(50, 'adapted')], { table })).toMatch(
      /"unfinished": the best .*\(1 of 2 trials\)\./,
    );
    expect(notes([at(30)], { table })).not.toContain('unfinished');
  });

  it('say how often the test rows were gone through: once a line is fair', () => {
    const variant = trial({ method: 'plain (adapted)', variant: 'adapted', testPasses: 2 });
    expect(notes([trial()])).toContain('The test rows were gone through once a trial, after training.');
    expect(notes([trial({ testPasses: 2 }), variant])).toContain('once a line, after training');
    const seeds = [1, 2].flatMap((seed) => [trial({ seed, testPasses: 2 }), { ...variant, seed }]);
    expect(notes(seeds)).toContain('once a line, after training');
    expect(notes(seeds.map((one) => ({ ...one, testPasses: 3 })))).toContain('2 of 2 trials went through');
    expect(notes([trial({ testPasses: 3 }), variant])).toContain('1 of 1 trials went through the test rows more often');
    expect(notes([trial({ testPasses: 0 })])).not.toContain('test rows');
    const { testPasses: _, ...old } = trial();
    expect(notes([old as TrialResult])).not.toContain('test rows');
  });

  it('name the settings whose epochs were chosen on the reported split', () => {
    const setting = (label: string, selectedOnSplit: boolean) => ({
      label,
      split: 'validation' as const,
      selectedOnSplit,
      data,
    });
    const of = (...chosen: boolean[]): string =>
      notes([trial()], { settings: chosen.map((one, i) => setting(`s${i}`, one)), selectedOnSplit: chosen[0]! });
    expect(of(true, false)).toContain('"s0": the best epoch was chosen');
    expect(of(true, true)).toContain('The best epoch was chosen on this same split');
    expect(of(false, false)).not.toContain('optimistic');
    expect(of(false, true)).toContain('s1: metrics of the validation split, 2 rows');
  });

  it('say that the method with a network for each domain is missing', () => {
    const config = (ownNetwork: string | false) => ({ config: { analyses: { ownNetwork } } });
    expect(notes([trial()], config('own'))).toContain('No trial is of "own" (analyses.ownNetwork)');
    for (const known of ['plain', false] as const)
      expect(notes([trial()], config(known))).not.toContain('analyses.ownNetwork');
  });

  it('tell backbones that differ in more than their kind', () => {
    const config = (...backbones: object[]) => ({ config: { backbones } });
    const [dnn, wide] = [
      { name: 'dnn', hiddenUnits: [8], dropout: 0 },
      { name: 'dcnv2', hiddenUnits: [16], crosses: 3 },
    ];
    expect(notes([trial()], config(dnn, wide))).toContain(
      'dnn and dcnv2 differ in hiddenUnits: compare methods within',
    );
    expect(notes([trial()], config(dnn, { ...wide, hiddenUnits: [8] }))).not.toContain('differ in');
  });
});
