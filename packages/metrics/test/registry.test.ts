import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMPARISONS, findMetric, METRICS, scoreBy, SELECTABLE, shownIn } from '../src/index.js';

describe('the registry', () => {
  it('has names that differ, each found by its name', () => {
    const names = [...METRICS, ...COMPARISONS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const metric of METRICS) expect(findMetric(metric.name)).toBe(metric);
    expect(findMetric('macroAuc')).toBeUndefined();
  });

  it('has every metric that there is a file of', () => {
    const files = readdirSync(new URL('../src/metrics', import.meta.url));
    const kebab = (name: string): string => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
    expect([...METRICS, ...COMPARISONS].map(({ name }) => kebab(name)).sort()).toEqual(files.sort());
  });

  it('compares metrics that there are', () => {
    for (const { of } of COMPARISONS) expect(findMetric(of)).toBeDefined();
  });

  it('lets epochs be chosen by what has a better end', () => {
    expect(METRICS.filter(({ name }) => !SELECTABLE.includes(name)).map(({ name }) => name)).toEqual(['pcoc']);
  });

  it('shows what fits a terminal there, and more on a page', () => {
    expect(shownIn(METRICS, 'terminal').map(({ label }) => label)).toEqual(['AUC', 'domain AUC', 'GAUC', 'log loss']);
    expect(shownIn(METRICS, 'html').length).toBeGreaterThanOrEqual(4);
  });
});

describe('scoreBy', () => {
  it('turns the sign where less is better', () => {
    expect(scoreBy({ auc: 0.7, logLoss: 0.4 }, 'auc')).toBe(0.7);
    expect(scoreBy({ auc: 0.7, logLoss: 0.4 }, 'logLoss')).toBe(-0.4);
  });

  it('is undefined for what is not there, not defined, or no metric', () => {
    expect([scoreBy(null, 'auc'), scoreBy({ auc: null }, 'auc'), scoreBy({}, 'gauc'), scoreBy({ x: 1 }, 'x')]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
