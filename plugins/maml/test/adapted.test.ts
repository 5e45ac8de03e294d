import { Random } from '@mdctr/base';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleModel, Registry, type BatchSource, type AssembledModel, type UnitConfig } from '@mdctr/core';
import * as backbones from '@mdctr/backbones';
import { loadData, openBatches, type EncodedData } from '@mdctr/data';
import * as mamlPackage from '../src/index.js';
import type { StudyResults } from '@mdctr/report';
import { rocAuc } from '@mdctr/metrics';
import { Optimizer, sgd, toHost } from '@mdctr/tensor';
import { evaluateSplit, stepContext, train, type SplitEvaluation, type PartialTrainingOptions } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { eventsOf, mdctr, mdctrJson } from '../../../test/support/command.js';
import { assemble, data, dnn, maml, starAll } from '../../../test/support/small-models.js';

const folder = mkdtempSync(join(tmpdir(), 'mdctr-maml-'));
const source = openBatches(data);
const options: PartialTrainingOptions = {
  epochs: 3,
  batchSize: 256,
  batchDomains: 'mixed',
  optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  selectBy: 'auc',
  patience: 3,
  precision: 'float32',
};
const evaluation = { steps: 2, batchSize: 5000, selectBy: 'meta', predict: 'meta' };

/** Each domain likes the items that its neighbour dislikes: what one domain teaches misleads the other. */
let state = 11;
const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const rows = Array.from({ length: 4000 }, (_, i) => {
  const [domain, item, user] = [Math.floor(uniform() * 6), Math.floor(uniform() * 20), Math.floor(uniform() * 30)];
  const taste = (((item * 7) % 20) / 10 - 0.95) * (domain % 2 === 0 ? 3 : -3);
  return { cells: `p${domain},i${item},u${user},${i}`, label: uniform() < 1 / (1 + Math.exp(-taste)) ? 1 : 0 };
});
const csv = join(folder, 'log.csv');
writeFileSync(
  csv,
  ['position,item,user,time,click', ...rows.map(({ cells, label }) => `${cells},${label}`)].join('\n'),
);
const split = { by: 'time', column: 'time', validation: 0.2, test: 0.2 } as const;
const planted: EncodedData = await loadData(
  {
    source: { kind: 'files', files: [], joins: [] },
    label: 'click',
    domain: 'position',
    fields: [],
    exclude: [],
    minFrequency: 1,
    split,
  },
  { files: [csv] },
);

function assembleOn(schema: EncodedData['schema'], plugins: readonly UnitConfig[]): AssembledModel {
  const registry = new Registry();
  registry.addModule(backbones, '@mdctr/backbones');
  registry.addModule(mamlPackage, '@mdctr/maml');
  const backbone = { ...dnn, hiddenUnits: [16] };
  return assembleModel({ registry, schema, embedding: { dim: 4, initStd: 0.1 }, backbone, plugins, seed: 1 });
}

describe('evaluation after adaptation', () => {
  it('of star keeps what each domain changed of its own kernels, and nothing of the others', async () => {
    const assembled = assemble(dnn, [{ ...maml, innerRate: 1, evaluation }, starAll]);
    const before = (await evaluateSplit(assembled, source, 'validation'))!;
    // Another domain's kernels play no part in the adapted predictions of a domain.
    const kernels = assembled.model.store.get('star/deep/0/kernel')!;
    const size = kernels.size / (data.schema.domains.length - 1);
    kernels.write(kernels.toHost().map((value, i) => (i < size ? 3 : value)));
    const after = (await evaluateSplit(assembled, source, 'validation'))!;
    const lossOf = ({ variants }: SplitEvaluation, domain: string) =>
      variants!.adapted!.domains.find((each) => each.domain === domain)!.metrics.logLoss;
    data.schema.domains.slice(1).forEach((domain, d) => {
      if (d === 0) expect(lossOf(after, domain)).not.toBe(lossOf(before, domain));
      else expect(lossOf(after, domain)).toBe(lossOf(before, domain));
      expect(lossOf(before, domain)).not.toBe(before.domains.find((each) => each.domain === domain)!.metrics.logLoss);
    });
    assembled.dispose();
  });

  it('predicts with the meta parameters moved by k steps on the training rows of the domain', async () => {
    const assembled = assemble(dnn, [{ ...maml, innerRate: 0.5, evaluation }]);
    const found = (await evaluateSplit(assembled, source, 'validation'))!;
    const byHand = new Map<string, number | null>();
    const optimizer = new Optimizer(sgd({ learningRate: 0.5, momentum: 0 }));
    const context = stepContext(assembled.model, optimizer, new Random(1));
    const meta = assembled.model.store.trainable().map((parameter) => [parameter, parameter.toHost()] as const);
    for (let domain = 1; domain < data.schema.domains.length; domain++) {
      for await (const batch of source.batches('train', { batchSize: 5000, domain })) {
        for (let step = 0; step < 2; step++) {
          const gradients = context.gradients(batch);
          for (const [parameter, g] of gradients.dense) {
            const slope = toHost(g);
            parameter.write(parameter.toHost().map((value, i) => value - 0.5 * slope[i]!));
          }
          context.release(gradients);
        }
      }
      for await (const batch of source.batches('validation', { batchSize: 5000, domain })) {
        byHand.set(data.schema.domains[domain]!, rocAuc(assembled.model.predict(batch), batch.labels!) ?? null);
      }
      for (const [parameter, values] of meta) parameter.write(values);
    }
    for (const { domain, metrics } of found.variants!.adapted!.domains) {
      expect(metrics.auc).toBeCloseTo(byHand.get(domain)!, 3);
    }
    expect(found.variants!.adapted!.metrics.logLoss).not.toBe(found.metrics.logLoss);
    optimizer.dispose();
    assembled.dispose();
  });

  it('changes neither parameters nor state, repeats, and sees training rows alone', async () => {
    const assembled = assemble({ ...dnn, batchNorm: true, dropout: 0.2 }, [{ ...maml, evaluation }]);
    const asked: string[] = [];
    const watched: BatchSource = {
      ...source,
      schema: source.schema,
      rows: (name) => source.rows(name),
      batches: (name, how) => {
        asked.push(`${name}${how.domain === undefined ? '' : ' of a domain'}`);
        return source.batches(name, how);
      },
    };
    const values = (): unknown => [
      assembled.model.store.list().map((parameter) => [...parameter.toHost()]),
      [...assembled.model.table.toHost()],
    ];
    const before = values();
    const first = await evaluateSplit(assembled, watched, 'validation');
    expect(values()).toEqual(before);
    expect(await evaluateSplit(assembled, watched, 'validation')).toEqual(first);
    expect(new Set(asked)).toEqual(new Set(['train of a domain', 'validation']));
    assembled.dispose();
  });

  it('is left out where it has no steps', async () => {
    const assembled = assemble(dnn, [{ ...maml, evaluation: { ...evaluation, steps: 0 } }]);
    expect((await evaluateSplit(assembled, source, 'validation'))!.variants).toBeUndefined();
    assembled.dispose();
  });

  it.each(['first', 'second'])('helps where domains disagree and rows are few (%s order)', async (order) => {
    const batches = openBatches(planted);
    const how = { innerRate: 1, evaluation: { steps: 10, batchSize: 1000, selectBy: 'adapted', predict: 'meta' } };
    const measure = async (plugins: UnitConfig[]): Promise<SplitEvaluation> => {
      const assembled = assembleOn(planted.schema, plugins);
      await train(assembled, batches, { ...options, epochs: 1 }, { seed: 1 });
      const metrics = (await evaluateSplit(assembled, batches, 'test'))!;
      assembled.dispose();
      return metrics;
    };
    const plain = await measure([]);
    const { metrics: meta, variants } = await measure([{ ...maml, order, ...how }]);
    expect(variants!.adapted!.metrics.auc!).toBeGreaterThan(meta.auc! + 0.05);
    expect(variants!.adapted!.metrics.auc!).toBeGreaterThan(plain.metrics.auc! + 0.05);
  });

  it('chooses the epoch by the metrics that are asked for', async () => {
    const best = async (selectBy: 'meta' | 'adapted', seed: number) => {
      const how = { innerRate: 2, evaluation: { ...evaluation, steps: 4, selectBy } };
      const assembled = assemble(dnn, [{ ...maml, ...how }], [], seed);
      const { epochs, bestEpoch } = await train(assembled, source, { ...options, epochs: 6, patience: 6 }, { seed });
      assembled.dispose();
      const bestBy = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores)) + 1;
      const meta = bestBy(epochs.map(({ validation }) => validation!.metrics.auc!));
      const adapted = bestBy(epochs.map(({ validation }) => validation!.variants!.adapted!.metrics.auc!));
      return { meta, adapted, chosen: bestEpoch };
    };
    // The first seed whose two best epochs differ, so that the choice shows.
    for (let seed = 1; seed <= 8; seed++) {
      const { meta, adapted, chosen } = await best('adapted', seed);
      expect(chosen).toBe(adapted);
      if (meta === adapted) continue;
      expect((await best('meta', seed)).chosen).toBe(meta);
      return;
    }
    throw new Error('the two choices never differ');
  });
});

describe('the command line', () => {
  const common = {
    data: { source: { kind: 'files', files: ['log.csv'] }, split },
    embedding: { dim: 4, initStd: 0.1 },
    training: { epochs: 2, batchSize: 256, optimizer: { kind: 'adam', learningRate: 0.01 } },
  };
  const backbone = { name: 'dnn', hiddenUnits: [8], batchNorm: true };
  const write = (name: string, config: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(config));
    return join(folder, name);
  };

  it.each(['meta', 'adapted'] as const)(
    'a saved model predicts with the %s parameters, as it was evaluated',
    (predict) => {
      const plugins = [{ name: 'maml', innerRate: 1, evaluation: { steps: 5, predict } }];
      const config = write(`${predict}.json`, { name: 'Trial', ...common, backbone, plugins });
      const model = join(folder, predict);
      const { test } = mdctrJson<{ test: SplitEvaluation }>(['train', config, '--out', model]);
      const out = join(folder, `${predict}.csv`);
      expect(mdctr(['predict', model, '--data', csv, '--out', out]).code).toBe(0);
      const scores = readFileSync(out, 'utf8').trimEnd().split('\n').slice(1).map(Number);
      const labels = rows.map(({ label }) => label);
      const wanted = predict === 'meta' ? test : test.variants!.adapted!;
      expect(rocAuc(scores.slice(-800), labels.slice(-800))).toBe(wanted.metrics.auc);
      expect(test.metrics.auc).not.toBe(test.variants!.adapted!.metrics.auc);
    },
  );

  it('a study has a line for each of the two', () => {
    const methods = [
      { label: 'plain', plugins: [] },
      { label: 'maml', plugins: ['maml'] },
      { label: 'per-domain', plugins: ['per-domain'] },
    ];
    const study = write('study.json', { name: 'Study', ...common, backbones: [backbone], methods, seeds: [1, 2] });
    const events = eventsOf(mdctr(['bench', study, '--out', join(folder, 'results'), '--json']).stdout);
    const results = events.at(-1) as unknown as StudyResults;
    const trials = events.flatMap(({ event, trial }) => (event === 'trialDone' ? [trial] : []));
    expect([events[0]!['event'], trials, events.at(-1)!['event']]).toEqual([
      'start',
      Array.from({ length: results.plannedTrials }, (_, i) => i + 1),
      'result',
    ]);
    expect(results.table.map(({ method, seeds }) => [method, seeds])).toEqual([
      ['plain', 2],
      ['maml', 2],
      ['maml (adapted)', 2],
      ['per-domain', 2],
    ]);
    const table = readFileSync(join(folder, 'results', 'table.md'), 'utf8');
    expect(table).toContain('| maml (adapted) |');
    expect(table).not.toContain('Unfinished');
  });
});
