import { describe, expect, it } from 'vitest';
import { type SyntheticOptions, syntheticSettings } from '../../src/synthetic/options.js';
import { SyntheticProcess } from '../../src/synthetic/process.js';
import { draw, options, mean, KINDS, deviation } from './drawn.js';

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((x, i) => (x - ma) * (b[i]! - mb))) / (deviation(a) * deviation(b));
}
const logit = (p: number): number => Math.log(p / (1 - p));
const nothing = {
  shared: { effects: 0, interactions: 0 },
  specific: { baseRate: 0, fieldWeights: 0, valueEffects: 0, interactions: 0 },
};

describe.each(KINDS)('the structure "%s"', (name, group, key) => {
  const same = { ...options, audienceShift: 0 };
  const only = (strength: number): SyntheticOptions => ({
    ...same,
    ...nothing,
    [group]: { ...nothing[group], [key]: strength },
  });

  it('adds what its strength says to the logit, and nothing at 0', () => {
    // A strength is a standard deviation over impressions, and no other structure is left.
    const settings = { ...only(0.7), labelNoise: 0 };
    expect(deviation(draw(settings).probability.map(logit))).toBeCloseTo(0.7, 1);
    expect(deviation(draw({ ...only(0), labelNoise: 0 }).probability)).toBeCloseTo(0, 10);
  });

  it('is the only one that its strength changes', () => {
    const [with_, without] = [0.7, 0].map(
      (strength) => new SyntheticProcess({ ...same, [group]: { ...syntheticSettings(same)[group], [key]: strength } }),
    );
    const { domains, values } = draw({ ...same, rows: 200 });
    for (const [other] of KINDS) {
      const parts = [with_, without].map((process) =>
        values.map((row, i) => process!.components[other](domains[i]!, row)),
      );
      if (other === name) {
        expect(deviation(parts[0]!)).toBeGreaterThan(0.2);
        expect(parts[1]!.every((part) => part === 0)).toBe(true);
      } else expect(parts[0]).toEqual(parts[1]);
    }
  });

  it(group === 'shared' ? 'is the same in all domains' : 'differs by domain, and is 0 on average over domains', () => {
    const process = new SyntheticProcess(only(0.7));
    const { values } = draw({ ...same, rows: 100 });
    const shares = process.population.domainShares;
    for (const row of values) {
      const parts = Array.from(shares, (_, domain) => process.components[name](domain, row));
      if (group === 'shared') expect(new Set(parts).size).toBe(1);
      else {
        expect(deviation(parts)).toBeGreaterThan(0);
        expect(parts.reduce((sum, part, d) => sum + part * shares[d]!, 0)).toBeCloseTo(0, 10);
      }
    }
  });
});

describe('inside a domain', () => {
  const process = new SyntheticProcess({ ...options, audienceShift: 0 });
  const { values } = draw(process);
  /** Five standard errors. */
  const margin = (parts: readonly number[], rows: number): number => (5 * deviation(parts)) / Math.sqrt(rows);

  it.each(['interactions', 'domainInteractions'] as const)('%s hold no effect of a single value', (name) => {
    const parts = values.map((row) => process.components[name](5, row));
    for (let f = 0; f < values[0]!.length; f++) {
      for (let v = 0; v < 5; v++) {
        const ofValue = values.flatMap((row, i) => (row[f] === v ? [parts[i]!] : []));
        expect(Math.abs(mean(ofValue))).toBeLessThan(margin(parts, ofValue.length));
      }
    }
  });

  it.each(['effects', 'fieldWeights', 'valueEffects'] as const)('%s hold no base rate', (name) => {
    const parts = values.map((row) => process.components[name](5, row));
    expect(Math.abs(mean(parts))).toBeLessThan(margin(parts, parts.length));
  });
});

describe('clusters', () => {
  /** Mean correlation of two domains' deviations from what is shared, for pairs inside and between clusters. */
  function similarity(clusters: { count: number; similarity: number }): { inside: number; between: number } {
    // Domains of equal size: centring then takes the same from all.
    const process = new SyntheticProcess({ ...options, domains: 12, domainSkew: 0, clusters });
    const { values } = draw({ ...options, rows: 2000 });
    const { fieldWeights, valueEffects, domainInteractions } = process.components;
    const profiles = Array.from({ length: 12 }, (_, d) =>
      values.map((row) => fieldWeights(d, row) + valueEffects(d, row) + domainInteractions(d, row)),
    );
    const found: Record<'inside' | 'between', number[]> = { inside: [], between: [] };
    profiles.forEach((a, i) =>
      profiles.slice(0, i).forEach((b, j) => found[i % 3 === j % 3 ? 'inside' : 'between'].push(correlation(a, b))),
    );
    return { inside: mean(found.inside), between: mean(found.between) };
  }

  it('are domains alike, more so the more similar they are said to be', () => {
    const [apart, near, equal] = [0, 0.6, 1].map((value) => similarity({ count: 3, similarity: value }));
    expect(Math.abs(apart!.inside - apart!.between)).toBeLessThan(0.15);
    expect(near!.inside - near!.between).toBeGreaterThan(0.35);
    expect(equal!.inside).toBeCloseTo(1, 6);
    expect(equal!.between).toBeLessThan(0);
  });
});
