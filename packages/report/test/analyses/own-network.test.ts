import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/index.js';
import { study, usual } from './study.js';

describe('negative transfer', () => {
  it('counts the domains below their own network, and those shown to be', () => {
    const { method, rows } = analyse(study(usual), { ownNetwork: 'own' }).ownNetwork!;
    expect([method, rows.map((row) => row.method)]).toEqual(['own', ['plain', 'shared']]);
    expect(rows[1]).toMatchObject({ domains: 5, below: 2, above: 2, shownBelow: 2, shownAbove: 2 });
    expect(rows[1]!.byDomain.map(({ domain, size }) => [domain, size])[0]).toEqual(['e', 5000]);
    expect(rows[1]!.byDomain[0]!.gain.comparisons).toBe(10);
    expect(rows[1]!.gain.mean).toBeCloseTo((-0.02 * 400 - 0.01 * 200 + 0.01 * 50 + 0.02 * 50) / 800, 12);
  });

  it('shows nothing on one seed', () => {
    const one = analyse(study(usual, {}, 1), { ownNetwork: 'own' }).ownNetwork!.rows[1]!;
    expect(one).toMatchObject({ below: 3, shownBelow: null, shownAbove: null, gain: { verdict: 'too few seeds' } });
  });

  it('takes the method that is named, and is left out by false or where there is none', () => {
    expect(analyse(study(usual), { ownNetwork: 'plain' }).ownNetwork!.method).toBe('plain');
    for (const options of [{ ownNetwork: false as const }, {}])
      expect(analyse(study(usual), options).ownNetwork).toBeUndefined();
  });
});
