import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { AnalysisOptions } from '../../src/index.js';

describe('options', () => {
  it('have defaults, and are checked', () => {
    expect(Value.Default(AnalysisOptions, {})).toMatchObject({
      show: ['seedsAndRows'],
      seedsAndRows: true,
      ensemble: true,
      buckets: 3,
      pluginStatistics: true,
      overlap: true,
    });
    const wrong = [{ buckets: -1 }, { buckets: 2.5 }, { ownNetwork: '' }, { bucket: 3 }];
    const usual = Value.Default(AnalysisOptions, {}) as AnalysisOptions;
    expect(Value.Check(AnalysisOptions, usual)).toBe(true);
    for (const some of wrong) expect(Value.Check(AnalysisOptions, { ...usual, ...some })).toBe(false);
    const none = {
      ...{ seedsAndRows: false, ensemble: false, buckets: 0 },
      ...{ ownNetwork: false, pluginStatistics: false, overlap: false },
    };
    expect(Value.Check(AnalysisOptions, { ...usual, ...none })).toBe(true);
    expect(Value.Check(AnalysisOptions, { ...usual, show: ['realised'] })).toBe(false);
  });
});
