import { describe, expect, it } from 'vitest';
import { groupAuc } from '../src/ranking/group-auc.js';
import { rank } from '../src/ranking/ranking.js';
import { rocAucOf } from '../src/ranking/roc-auc.js';
import { sortScores } from '../src/ranking/sort-scores.js';

let state = 5;
const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;

const SPECIAL = [NaN, -NaN, Infinity, -Infinity, 0, -0, 1e-45, -1e-45, 1, -1, 3.4e38, -3.4e38];

describe('sortScores', () => {
  it.each([
    ['probabilities', () => uniform()],
    ['many ties', () => Math.floor(uniform() * 7) / 7],
    ['both signs', () => (uniform() - 0.5) * 10 ** Math.floor(uniform() * 30 - 15)],
    ['special numbers', () => SPECIAL[Math.floor(uniform() * SPECIAL.length)]!],
    ['any bits', () => new Float32Array(Uint32Array.of(uniform() * 2 ** 32).buffer)[0]!],
  ])('gives what `sort` gives: %s', (_, draw) => {
    for (const length of [0, 1, 100, 5000, 70_000]) {
      // With other numbers around it: a view must not be sorted beyond its ends.
      const around = Float32Array.from({ length: length + 2 }, draw);
      const wanted = around.slice(1, length + 1).sort();
      const found = sortScores(around.subarray(1, length + 1));
      expect(found.length).toBe(length);
      expect(found.findIndex((value, i) => !Object.is(value, wanted[i]))).toBe(-1);
    }
  });
});

describe('groupAuc', () => {
  it('is the mean of the AUC of each group, small and large, by sorting', () => {
    const rows = 3000;
    const groups = Int32Array.from({ length: rows }, () => Math.floor(60 * uniform() ** 3) - 1);
    const scores = Float32Array.from({ length: rows }, () => Math.floor(uniform() * 20) / 20);
    const labels = Float32Array.from({ length: rows }, () => (uniform() < 0.3 ? 1 : 0));
    for (const some of [scores, scores.map((score, i) => (i % 500 === 7 ? NaN : score))]) {
      let [weight, sum] = [0, 0];
      for (let g = 0; g < 60; g++) {
        const rows = [...groups.keys()].filter((row) => groups[row] === g);
        const auc = rocAucOf(
          rank(
            Float32Array.from(rows, (row) => some[row]!),
            rows.map((row) => labels[row]!),
          ),
        );
        if (auc === undefined) continue;
        weight += rows.length;
        sum += rows.length * auc;
      }
      expect(groupAuc(some, labels, groups).mean).toBe(sum / weight);
    }
  });
});
