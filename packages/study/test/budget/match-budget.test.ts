import type { DocumentPath } from '@mdctr/config';
import type { UnitConfig } from '@mdctr/core';
import { loadData } from '@mdctr/data';
import { matchBudget, measureModel, scaleWidths, widthOptions, type BudgetRequest } from '../../src/index.js';
import { liveTensors } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { builtinRegistry } from '../../../../test/support/registry.js';
import {
  adaSparse,
  apg,
  assemble,
  data as small,
  dcnv2,
  dnn,
  firstBatch,
  perDomain,
  starTopology,
} from '../../../../test/support/small-models.js';

const load = (fields: readonly unknown[]) =>
  loadData({
    source: { kind: 'synthetic', rows: 3000, domains: 10, seed: 3, fields: [50, 20, 5] },
    label: 'click',
    domain: 'position',
    fields: fields as never,
    exclude: [],
    minFrequency: 2,
    split: { by: 'seed', seed: 1, validation: 0.2, test: 0 },
  });
const data = await load([]);
const registry = builtinRegistry();
const embedding = { dim: 8, initStd: 0.01 };
const context = { registry, schema: data.schema, embedding, sample: await firstBatch(2048, data) };
const wide: UnitConfig = { ...dnn, hiddenUnits: [128, 64] };
const cost = (backbone: UnitConfig, plugins: readonly UnitConfig[] = []) =>
  measureModel({ ...context, backbone, plugins });
const match = (more: Partial<BudgetRequest> & Pick<BudgetRequest, 'target'>) =>
  matchBudget({ ...context, backbone: wide, plugins: [], by: 'parameters', tolerance: 0.02, ...more });

describe('the cost of a model', () => {
  it('is that of the whole one, without its embedding table', async () => {
    const batch = await firstBatch();
    const dim = { dim: 4, initStd: 0.1 }; // as `assemble` has it
    for (const plugins of [[], [starTopology], [adaSparse], [perDomain]]) {
      const assembled = assemble(dnn, plugins);
      const { table, store } = assembled.model;
      const wanted = { parameters: store.count() - table.rows * table.dim, flops: assembled.model.flopsPerRow(batch) };
      assembled.dispose();
      const model = { backbone: dnn, plugins, registry, schema: small.schema, embedding: dim, sample: batch };
      expect(measureModel(model)).toEqual(wanted);
    }
  });

  it('has the queries of attention pooling among its parameters', async () => {
    const list = { separator: ';', pooling: 'attention', keep: 'last' };
    const pooled = await load([{ name: data.schema.fields[1]!.name, list }, { name: '*' }]);
    const batch = await firstBatch(64, pooled);
    expect(batch.bags).toBeDefined();
    const { parameters, flops } = measureModel({
      ...context,
      schema: pooled.schema,
      sample: batch,
      backbone: dnn,
      plugins: [],
    });
    expect(parameters).toBe(cost(dnn).parameters + embedding.dim);
    expect(flops).toBeGreaterThan(cost(dnn).flops);
  });
});

describe('widths', () => {
  it('are the options that say so', () => {
    const of = (name: string): DocumentPath[] => widthOptions(registry.get('backbone', name).options);
    expect(of('dnn')).toEqual([['hiddenUnits']]);
    expect(of('dcnv2')).toEqual([['hiddenUnits'], ['rank']]);
    const deep = { properties: { tower: { properties: { units: { width: true }, depth: {} } } } };
    expect(widthOptions(deep)).toEqual([['tower', 'units']]);
  });

  it('are scaled to whole units, at least 1; 0 stays 0', () => {
    const unit = { name: 'x', a: [8, 3, 1], b: 0, tower: { units: 5, depth: 2 } };
    const scaled = scaleWidths(unit, [['a'], ['b'], ['tower', 'units'], ['none', 'such']], 0.3);
    expect(scaled).toEqual({ name: 'x', a: [2, 1, 1], b: 0, tower: { units: 2, depth: 2 } });
    expect(unit.tower.units).toBe(5);
  });
});

describe('a budget', () => {
  it.each([
    ['parameters', [starTopology, adaSparse, perDomain]],
    ['flops', [starTopology, adaSparse, apg]],
  ] as const)(
    'of %s is kept by narrower networks where a method costs more, by wider ones where it costs less',
    (by, methods) => {
      const target = cost(wide)[by];
      for (const plugins of methods.map((method) => [method])) {
        const reached = cost(wide, plugins)[by];
        expect(reached).not.toBe(target);
        const before = liveTensors();
        const found = match({ by, target, plugins });
        expect(liveTensors()).toBe(before);
        expect(found.reached).toBe(true);
        expect(found.factor < 1).toBe(reached > target);
        expect(Math.abs(found.relativeError)).toBeLessThanOrEqual(0.02);
        expect(found.cost).toEqual(cost(found.backbone, plugins));
        expect(found.relativeError).toBeCloseTo(found.cost[by] / target - 1, 12);
        const { hiddenUnits, ...others } = found.backbone;
        expect(others).toEqual({ ...wide, hiddenUnits: undefined, name: 'dnn' });
        expect((hiddenUnits as number[])[0]! / 128).toBeCloseTo(found.factor, 1);
      }
    },
  );

  it('is found exactly where there is such a network, wider ones included', () => {
    for (const factor of [0.25, 1, 2.5]) {
      const backbone = scaleWidths(wide, [['hiddenUnits']], factor);
      const found = match({ target: cost(backbone).parameters, tolerance: 0 });
      expect([found.backbone, found.relativeError, found.reached]).toEqual([backbone, 0, true]);
    }
  });

  it('is met as nearly as whole units allow', () => {
    // Of a tower [2, 1] the factors up to 4 have few networks; each target has its nearest.
    const tiny = { ...dnn, hiddenUnits: [2, 1] };
    const all = Array.from({ length: 400 }, (_, i) => scaleWidths(tiny, [['hiddenUnits']], (i + 1) / 100));
    const costs = [...new Set(all.map((backbone) => JSON.stringify(backbone)))].map(
      (backbone) => cost(JSON.parse(backbone) as UnitConfig).parameters,
    );
    for (let target = costs[0]!; target <= costs.at(-1)!; target += 13) {
      const found = match({ backbone: tiny, target, tolerance: 1 });
      const nearest = Math.min(...costs.map((one) => Math.abs(one - target)));
      expect(Math.abs(found.cost.parameters - target)).toBe(nearest);
    }
  });

  it('that cannot be reached has the nearest network, and says so', () => {
    const narrow = match({ target: 3, plugins: [perDomain] });
    expect([narrow.backbone.hiddenUnits, narrow.reached]).toEqual([[1, 1], false]);
    expect(narrow.relativeError).toBeGreaterThan(1);
    const fixed = match({ target: 1e9, widths: [] });
    expect([fixed.backbone, fixed.factor, fixed.reached]).toEqual([wide, 1, false]);
  });

  it('scales the rank of low-rank cross layers, and leaves full-rank ones', () => {
    const low = { ...dcnv2, hiddenUnits: [64, 32], rank: 16 };
    const plain = cost(low).parameters;
    const found = match({ backbone: low, plugins: [starTopology], target: plain });
    expect(found.reached).toBe(true);
    expect(found.backbone.rank).toBe(Math.round(16 * found.factor));
    const full = match({ backbone: { ...low, rank: 0 }, plugins: [starTopology], target: plain });
    expect(full.backbone.rank).toBe(0);
  });
});
