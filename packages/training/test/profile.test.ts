import { Random } from '@mdctr/base';
import { DomainPlugin, Plugin, type HiddenInterceptor, type Step, type UnitClass, type UnitConfig } from '@mdctr/core';
import { adam, mul, Optimizer, profileOps, type OpProfile } from '@mdctr/tensor';
import { plainStep, stepContext } from '../src/index.js';
import { expect, it } from 'vitest';
import { assemble, dcnv2, dnn, firstBatch, maml, perDomain, starAll } from '../../../test/support/small-models.js';

const batch = await firstBatch();

/** A step's profile. */
function profileStep(backbone: UnitConfig, plugins: UnitConfig[], extra: UnitClass[] = []): OpProfile {
  const assembled = assemble(backbone, plugins, extra);
  const optimizer = new Optimizer(adam({ learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const context = stepContext(assembled.model, optimizer, new Random(1));
  const step = assembled.wrapStep(plainStep);
  step(batch, context); // states of the optimizer are made
  const { profile } = profileOps(() => step(batch, context));
  optimizer.dispose();
  assembled.dispose();
  return profile;
}

/** `SITE > PLUGIN` of each line. */
const linesOf = ({ scopes }: OpProfile): string[] => [
  ...new Set(scopes.map(({ scope: { site, plugin } }) => (plugin === undefined ? site : `${site} > ${plugin}`))),
];

const callsOf = ({ scopes }: OpProfile, op: string): Record<string, number> =>
  Object.fromEntries(
    scopes.flatMap(({ scope: { site, plugin }, direction, ops }) => {
      const calls = ops.get(op)?.calls;
      return calls === undefined ? [] : [[`${site}${plugin ? ` > ${plugin}` : ''} ${direction}`, calls]];
    }),
  );

/** Matrix products: a dense layer's own kernels make one forwards, two backwards. */
function productsOf(profile: OpProfile): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [op, products] of Object.entries({ MatMul: 1, MdctrDense: 1, MdctrDenseGrad: 2 })) {
    for (const [line, calls] of Object.entries(callsOf(profile, op))) sum[line] = (sum[line] ?? 0) + products * calls;
  }
  return sum;
}

@Plugin('halve', { description: 'Multiplies hidden outputs by a half, and counts its steps.' })
class Halve extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h) => mul(h, 0.5);
  }

  override step(next: Step): Step {
    return (rows, context) => next(rows, context);
  }
}

it('a step has a line for each site and each part of it', () => {
  expect(linesOf(profileStep(dnn, []))).toEqual([
    ...['step', 'look-up', 'embedding', 'backbone', 'deep/0', 'deep/1', 'logit', 'loss'],
    ...['optimizer/dense', 'optimizer/rows'],
  ]);
  expect(linesOf(profileStep(dcnv2, []))).toEqual(expect.arrayContaining(['cross/0', 'cross/1', 'deep/0', 'logit']));
});

it('matrix products are at the layer that makes them, one forward and two backward', () => {
  const sites = ['deep/0', 'deep/1', 'logit'];
  expect(productsOf(profileStep(dnn, []))).toEqual(
    Object.fromEntries(
      sites.flatMap((site) => [
        [`${site} forward`, 1],
        [`${site} backward`, 2],
      ]),
    ),
  );
});

it("a plugin's work is on its own line below the site, and the layer's stays the layer's", () => {
  const profile = profileStep(dnn, [{ name: 'halve' }], [Halve as unknown as UnitClass]);
  const lines = Object.entries(callsOf(profile, 'Mul')).filter(([line]) => line.includes('halve'));
  expect(lines).toEqual([
    ['deep/0 > halve forward', 1],
    ['deep/0 > halve backward', 1],
    ['deep/1 > halve forward', 1],
    ['deep/1 > halve backward', 1],
  ]);
  expect(productsOf(profile)).toEqual(productsOf(profileStep(dnn, [])));
  // What its step calls the next one for is not its own.
  const step = profile.scopes.find(({ scope }) => scope.site === 'step' && scope.plugin === 'halve')!;
  expect([...step.ops.keys()]).toEqual([]);
});

it('a layer that a plugin computes is the plugin’s; its normalisation, auxiliary network and step are, too', () => {
  const star = linesOf(profileStep(dnn, [starAll]));
  expect(star).toEqual(expect.arrayContaining(['deep/0 > star', 'deep/norm > star', 'logit > star']));
  const meta = profileStep(dnn, [maml]);
  expect(linesOf(meta)).toContain('step > maml');
  // Inner steps and the step itself go through the same layers.
  expect(productsOf(meta)['deep/0 forward']).toBeGreaterThan(2);
});

it('copies of the network are counted together', () => {
  const lines = linesOf(profileStep(dnn, [perDomain]));
  expect(lines).toEqual(expect.arrayContaining(['backbone > per-domain', 'deep/0', 'deep/1', 'logit']));
  expect(lines.filter((line) => line.includes('domain-1'))).toEqual([]);
});

it('wall times add up to the step', () => {
  const { scopes, wallMs } = profileStep(dcnv2, [maml]);
  expect(scopes.reduce((sum, time) => sum + time.wallMs, 0)).toBeCloseTo(wallMs, 6);
});
