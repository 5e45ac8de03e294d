import { describe, expect, it } from 'vitest';
import { SyntheticProcess } from '../../src/synthetic/process.js';
import { draw, type Drawn, options, all, mean, KINDS, deviation } from './drawn.js';

describe('the rows', () => {
  it('are the same for a seed, and differ for another', () => {
    expect(draw(options)).toEqual(all);
    expect(draw({ ...options, seed: 4 }).clicks).not.toEqual(all.clicks);
  });

  it('do not depend on how they are cut into chunks, nor the first ones on how many follow', () => {
    const few = draw({ ...options, rows: 1000 }, 77);
    expect(few.probability).toEqual(all.probability.slice(0, 1000));
    expect(few.clicks).toEqual(all.clicks.slice(0, 1000));
  });

  it('are the same on every machine: the first ones', () => {
    const { domains, values, clicks } = draw({ rows: 100, domains: 10, seed: 2022 });
    // FNV-1a over every number of the hundred rows; it changes whenever the process does.
    let hash = 0x811c9dc5;
    for (const number of domains.flatMap((domain, i) => [domain, ...values[i]!, clicks[i]!])) {
      hash = Math.imul(hash ^ number, 0x01000193) >>> 0;
    }
    expect(hash.toString(16)).toBe('d246d781');
  });

  it('have clicks at the rate of their probabilities, and that is the rate asked for', () => {
    // 20,000 rows: standard errors about .003 and .0015.
    expect(Math.abs(mean(all.clicks) - mean(all.probability))).toBeLessThan(0.012);
    expect(Math.abs(mean(all.probability) - 0.2)).toBeLessThan(0.01);
    const often = draw({ ...options, clickRate: 0.5 });
    expect(Math.abs(mean(often.probability) - 0.5)).toBeLessThan(0.015);
  });

  it('have probabilities that clicks follow at every level', () => {
    const order = all.probability.map((_, i) => i).sort((a, b) => all.probability[a]! - all.probability[b]!);
    for (let bin = 0; bin < 5; bin++) {
      const rows = order.slice(bin * 4000, (bin + 1) * 4000);
      const promised = mean(rows.map((i) => all.probability[i]!));
      const found = mean(rows.map((i) => all.clicks[i]!));
      expect(Math.abs(found - promised)).toBeLessThan(4 * Math.sqrt((promised * (1 - promised)) / 4000));
    }
  });

  it('have domains and values of long-tailed frequency', () => {
    const count = (numbers: readonly number[], wanted: number): number =>
      numbers.filter((number) => number === wanted).length;
    const sizes = Array.from({ length: 8 }, (_, d) => count(all.domains, d));
    // Power law with exponent 1: the first domain is eight times the last, and the second half of them has 24%.
    expect(sizes[0]! / sizes[7]!).toBeGreaterThan(6);
    expect(sizes[0]! / sizes[7]!).toBeLessThan(11);
    const first = all.values.map((values) => values[0]!);
    expect(count(first, 0)).toBeGreaterThan(1000);
    expect(new Set(first).size).toBeGreaterThan(190);
    const flat = draw({ ...options, domainSkew: 0 });
    expect(count(flat.domains, 0) / count(flat.domains, 7)).toBeLessThan(1.2);
  });

  it('come from other values in other domains, unless the audience is the same everywhere', () => {
    /** Largest difference, over values of the last field, between two domains' shares. */
    const gap = ({ domains, values }: Drawn): number => {
      const last = values[0]!.length - 1;
      const shares = [0, 1].map((wanted) => {
        const ofDomain = values.filter((_, i) => domains[i] === wanted).map((row) => row[last]!);
        return Array.from({ length: 5 }, (_, v) => ofDomain.filter((value) => value === v).length / ofDomain.length);
      });
      return Math.max(...shares[0]!.map((share, v) => Math.abs(share - shares[1]![v]!)));
    };
    expect(gap(draw({ ...options, audienceShift: 0 }))).toBeLessThan(0.05);
    expect(gap(draw({ ...options, audienceShift: 1, seed: 1 }))).toBeGreaterThan(0.1);
  });
});

describe('label noise', () => {
  it('takes its share of the labels from the click rate', () => {
    const noisy = draw({ ...options, labelNoise: 0.5 }).probability;
    const clean = draw({ ...options, labelNoise: 0 }).probability;
    noisy.forEach((p, i) => expect(p).toBeCloseTo(0.5 * clean[i]! + 0.5 * 0.2, 10));
    expect(deviation(draw({ ...options, labelNoise: 1 }).probability)).toBeCloseTo(0, 10);
  });
});

describe('with one domain', () => {
  it('nothing is specific', () => {
    const { components } = new SyntheticProcess({ ...options, domains: 1 });
    const { values } = draw({ ...options, rows: 50 });
    for (const row of values) {
      for (const [name, group] of KINDS) if (group === 'specific') expect(components[name](0, row)).toBeCloseTo(0, 10);
    }
  });
});

it('a process that would not fit into memory is refused', () => {
  const fields = [1_000_000, 2];
  expect(() => new SyntheticProcess({ ...options, domains: 1000, fields })).toThrow(
    expect.objectContaining({ code: 'MDCTR_DATA_SYNTHETIC' }),
  );
});
