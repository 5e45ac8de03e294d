import { loadData } from '@mdctr/data';
import * as backbones from '@mdctr/backbones';
import { Registry } from '@mdctr/core';
import { type StudyConfig } from '../../src/index.js';
import { runInProcess } from '../../../../test/support/run-in-process.js';
import { toText } from '@mdctr/report';
import { completeOptions } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { dnn } from '../../../../test/support/small-models.js';

const registry = new Registry();
registry.addModule(backbones, '@mdctr/backbones');

const data: StudyConfig['data'] = {
  source: { kind: 'synthetic', rows: 20_000, domains: 4, seed: 5, shared: { effects: 1.5 } },
  label: 'click',
  domain: 'position',
  fields: [],
  exclude: [],
  minFrequency: 2,
  split: { by: 'seed', seed: 1, validation: 0.1, test: 0.3 },
};
const sections: Pick<StudyConfig, 'data' | 'embedding' | 'training'> = {
  data,
  embedding: { dim: 4, initStd: 0.05 },
  training: completeOptions({
    epochs: 3,
    batchSize: 256,
    batchDomains: 'mixed',
    optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    selectBy: 'auc',
    patience: 3,
    precision: 'float32',
  }),
};
const config: StudyConfig = {
  name: 'bound',
  packages: [],
  ...sections,
  settings: [sections],
  backbones: [{ ...dnn, hiddenUnits: [16] }],
  methods: [{ label: 'plain', plugins: [] }],
  seeds: [1, 2],
};

describe('a study of synthetic data', () => {
  it('says what is the best possible, which trained models come near and do not pass', async () => {
    const results = await runInProcess(config, registry, await loadData(data));
    const best = results.data.bestPossible!;
    for (const { metrics } of results.trials) {
      for (const metric of ['auc', 'domainAuc'] as const) {
        expect(metrics[metric]!).toBeLessThan(best[metric]!);
        // More than half of the way from chance.
        expect(metrics[metric]! - 0.5).toBeGreaterThan((best[metric]! - 0.5) / 2);
      }
      expect(metrics.logLoss!).toBeGreaterThan(best.logLoss!);
    }
    expect(toText(results)).toContain(
      `AUC ${best.auc!.toFixed(4).slice(1)}, domain AUC ${best.domainAuc!.toFixed(4).slice(1)}`,
    );
  });

  it('has no best possible where the rows come from elsewhere', async () => {
    const { oracle, ...others } = await loadData({
      ...data,
      source: { ...data.source, rows: 2000 } as typeof data.source,
    });
    expect(oracle).toHaveLength(2000);
    const results = await runInProcess({ ...config, seeds: [1] }, registry, others);
    expect(results.data.bestPossible).toBeUndefined();
  });
});
