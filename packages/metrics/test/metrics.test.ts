import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrationBins, crossEntropy, evaluateScores, rank, rocAuc, type DomainEvaluation } from '../src/index.js';

/** By the definition: every pair of a positive and a negative, ties one half. */
function pairwiseAuc(scores: readonly number[], labels: readonly number[]): number {
  let sum = 0;
  let pairs = 0;
  scores.forEach((positive, i) => {
    scores.forEach((negative, j) => {
      if (labels[i] !== 1 || labels[j] !== 0) return;
      pairs++;
      sum += positive > negative ? 1 : positive === negative ? 0.5 : 0;
    });
  });
  return sum / pairs;
}

let state = 1;
const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;

describe('auc', () => {
  it.each([1, 3, 10, 1000])('equals the count of pairs with scores of %i levels', (levels) => {
    const scores = Array.from({ length: 200 }, () => Math.floor(uniform() * levels) / levels);
    const labels = scores.map((score) => (uniform() < 0.2 + 0.5 * score ? 1 : 0));
    expect(rocAuc(scores, labels)).toBeCloseTo(pairwiseAuc(scores, labels), 12);
  });

  it('is 1, 0 and 1/2 in the plain cases, undefined for one class', () => {
    expect(rocAuc([0.1, 0.9], [0, 1])).toBe(1);
    expect(rocAuc([0.9, 0.1], [0, 1])).toBe(0);
    expect(rocAuc([0.5, 0.5, 0.5], [0, 1, 0])).toBe(0.5);
    expect(rocAuc([0.5, 0.2], [1, 1])).toBeUndefined();
    expect(rocAuc([], [])).toBeUndefined();
  });
});

describe('log loss', () => {
  it('is the mean cross entropy, finite at 0 and 1', () => {
    expect(crossEntropy([0.8, 0.3], [1, 0])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7)) / 2, 12);
    expect(crossEntropy([0], [1])).toBeCloseTo(-Math.log(1e-7), 6);
  });
});

interface Fixture extends Record<'auc' | 'prAuc' | 'logLoss' | 'normalizedEntropy' | 'pcoc' | 'ece', number> {
  readonly name: string;
  readonly scores: readonly number[];
  readonly labels: readonly number[];
}

// Made by fixtures/generate.py.
const fixtures = JSON.parse(readFileSync(new URL('./fixtures/fixtures.json', import.meta.url), 'utf8')) as Fixture[];

describe('scikit-learn', () => {
  it.each(fixtures)('agrees to 1e-6: $name', ({ name: _name, scores, labels, ...wanted }) => {
    const found = evaluateScores({
      scores: Float32Array.from(scores),
      labels: Float32Array.from(labels),
      domains: new Int32Array(scores.length),
      domainLabels: ['all'],
    });
    for (const [metric, value] of Object.entries(wanted)) {
      expect(Math.abs(found.metrics[metric]! - value), metric).toBeLessThan(1e-6);
    }
    const { auc, domainAuc, domainMacroAuc } = found.metrics;
    expect([domainAuc, domainMacroAuc]).toEqual([auc, auc]);
  });
});

interface GroupFigures {
  readonly gauc: number | null;
  readonly groups: number;
  readonly groupsWithAuc: number;
}

interface GroupFixture {
  readonly name: string;
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly groups: readonly number[];
  readonly domains: readonly number[];
  readonly whole: GroupFigures;
  readonly byDomain: Readonly<Record<string, GroupFigures>>;
}

const groupFixtures = JSON.parse(
  readFileSync(new URL('./fixtures/group-fixtures.json', import.meta.url), 'utf8'),
) as GroupFixture[];

describe('scikit-learn inside groups', () => {
  it.each(groupFixtures)('agrees to 1e-9, in all and by domain: $name', (fixture) => {
    const found = evaluateScores({
      scores: Float32Array.from(fixture.scores),
      labels: Float32Array.from(fixture.labels),
      groups: Int32Array.from(fixture.groups),
      domains: Int32Array.from(fixture.domains),
      domainLabels: ['(unseen)', '1', '2', '3'],
    });
    const compare = (part: Omit<DomainEvaluation, 'domain'>, wanted: GroupFigures): void => {
      expect([part.groups, part.groupsWithAuc]).toEqual([wanted.groups, wanted.groupsWithAuc]);
      if (wanted.gauc === null) expect(part.metrics.gauc).toBeNull();
      else expect(part.metrics.gauc).toBeCloseTo(wanted.gauc, 9);
    };
    compare(found, fixture.whole);
    expect(found.domains.length).toBeGreaterThan(1);
    for (const part of found.domains) compare(part, fixture.byDomain[part.domain]!);
  });

  it('are not there without groups', () => {
    const scores = Float32Array.of(0.1, 0.9);
    const found = evaluateScores({ scores, labels: scores, domains: Int32Array.of(0, 0), domainLabels: ['a'] });
    expect(found.metrics).not.toHaveProperty('gauc');
    expect(found).not.toHaveProperty('groups');
  });
});

describe('calibration bins', () => {
  const scores = Float32Array.from({ length: 3000 }, () => uniform());
  const labels = scores.map((score) => (uniform() < score * score ? 1 : 0));
  const bins = calibrationBins(rank(scores, labels), 10);

  it('hold equally many rows, by ascending score, all of them', () => {
    expect(bins.map(({ rows }) => rows)).toEqual(Array(10).fill(300));
    const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
    bins.forEach(({ predicted, observed }, i) => {
      const part = order.slice(300 * i, 300 * (i + 1));
      expect(predicted).toBeCloseTo(part.reduce((sum, row) => sum + scores[row]!, 0) / 300, 10);
      expect(observed).toBeCloseTo(part.reduce((sum, row) => sum + labels[row]!, 0) / 300, 10);
    });
  });

  it('keep rows of one score together, so that none is counted by its label', () => {
    const tied = calibrationBins(rank([0.1, 0.5, 0.5, 0.5, 0.5, 0.9], [0, 1, 0, 1, 0, 1]), 3);
    expect(tied).toEqual([
      { rows: 5, predicted: 2.1 / 5, observed: 2 / 5 },
      { rows: 1, predicted: 0.9, observed: 1 },
    ]);
  });

  it('are none without rows, and none of what is no probability', () => {
    expect(calibrationBins(rank([], []))).toEqual([]);
    expect(calibrationBins(rank([NaN, 0.5], [1, 0]))).toEqual([]);
  });
});

describe('evaluateScores', () => {
  const { metrics, domains, ...counts } = evaluateScores({
    scores: Float32Array.of(0.9, 0.2, 0.6, 0.5, 0.7, 0.4),
    labels: Float32Array.of(1, 0, 0, 1, 1, 1),
    domains: Int32Array.of(1, 1, 1, 2, 2, 0),
    domainLabels: ['(unseen)', 'a', 'b'],
  });

  it('leaves domains of one class out of the domain AUC and weighs the others by rows', () => {
    expect(metrics.domainAuc).toBe(1); // only "a" has both classes
    const { metrics: two } = evaluateScores({
      scores: Float32Array.of(0.9, 0.2, 0.6, 0.4, 0.3),
      labels: Float32Array.of(1, 0, 1, 0, 1),
      domains: Int32Array.of(1, 1, 1, 2, 2),
      domainLabels: ['(unseen)', 'a', 'b'],
    });
    expect(two.domainAuc).toBeCloseTo((3 * 1 + 2 * 0) / 5, 12);
    expect(two.domainMacroAuc).toBeCloseTo((1 + 0) / 2, 12);
  });

  it('lists domains by size with their own figures', () => {
    expect(domains.map(({ domain, rows, metrics: own }) => [domain, rows, own.auc])).toEqual([
      ['a', 3, 1],
      ['b', 2, null],
      ['(unseen)', 1, null],
    ]);
    expect(domains[0]!.metrics.pcoc).toBeCloseTo(1.7, 5);
    expect(counts.rows).toBe(6);
    expect(metrics.auc).toBeCloseTo(pairwiseAuc([0.9, 0.2, 0.6, 0.5, 0.7, 0.4], [1, 0, 0, 1, 1, 1]), 12);
  });
});
