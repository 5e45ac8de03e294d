import { Dnn } from '@mdctr/backbones';
import type { UnitClass } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import { CHECKS, examineBackbone, examinePlugin, PROMISES, type PluginCheckOptions } from '../src/index.js';
import { Deaf, Silent, WrongWidth } from './broken/backbones.js';
import * as broken from './broken/plugins.js';

const dnn = { label: 'dnn', cls: Dnn, options: { hiddenUnits: [5, 4] }, smooth: { activation: 'tanh' } };
const none = { none: 'not looked at here' };

/** What one check says of a plugin on a small backbone. */
async function verdict(cls: UnitClass, id: string, options: Partial<PluginCheckOptions> = {}) {
  const results = await examinePlugin(cls, { identity: none, backbones: [dnn], ...options, only: [id] });
  expect(results).toHaveLength(1);
  return results[0]!;
}

/** Check, the plugin that breaks it, a part of the message, and what the plugin needs to be looked at. */
const cases: [string, UnitClass, RegExp, Partial<PluginCheckOptions>?][] = [
  [
    'identity/at-start',
    broken.NeverIdentity,
    /promise 5.*probability of row/s,
    { identity: { options: {}, holds: 'start' } },
  ],
  ['identity/in-training', broken.Drifts, /loss of step/, { identity: { options: {}, holds: 'training' } }],
  ['identity/disabling-restores-the-backbone', broken.TouchesBackbone, /promise 4.*dnn\/deep\/0\/kernel/s],
  ['grad/finite-differences', broken.WrongGradient, /the gradient says .* differences say/],
  ['grad/penalty-finite-differences', broken.WrongPenalty, /factor: the gradient says that the penalty/],
  ['grad/reaches-every-parameter', broken.CutOff, /promise 3.*cut-off\/deep\/0\/factor got no gradient/s],
  ['domains/rows-do-not-see-each-other', broken.BatchMean, /promise 1.*row 0 of domain 1/s],
  ['rows/permuting-permutes-outputs', broken.RowNumber, /in the first order/],
  ['fields/lists-and-numbers', broken.CutsByHand, /The batch has no bags/],
  ['rows/any-number', broken.NeedsTwoRows, /with 1 row the loss is NaN/],
  [
    'domains/trains-own-parameters-only',
    broken.DecaysAll,
    /promise 2.*moved decays-all\/deep\/0\/factors, row 1/s,
    { perDomain: ['decays-all/**/factors'] },
  ],
  [
    'domains/reads-own-parameters-only',
    broken.OffByOne,
    /changed row \d+ of domain 1/,
    { perDomain: ['off-by-one/**/factors'] },
  ],
  ['domains/renaming-permutes-outputs', broken.IdAsNumber, /promise 9.*after renaming/s],
  ['domains/any-set-of-domains', broken.DividesById, /unseen domains alone, the loss is/],
  ['output/logits-of-both-signs', broken.ReluLogit, /promise 6.*not negative/s],
  ['learn/planted-problem', broken.NeverApplies, /log loss/],
  ['state/save-and-load', broken.Unsaved, /row \d+: .* before saving/],
  ['state/training-continues-after-load', broken.UnsavedSchedule, /promise 8.*after loading: loss/s],
  ['state/resumes-exactly', broken.UnsavedSchedule, /without the break/],
  ['state/evaluation-changes-nothing', broken.MovesInEvaluation, /promise 7.*moves-in-evaluation\/deep\/0\/mean/s],
  ['state/evaluation-changes-nothing', broken.CountsEvaluations, /a training step after evaluation/],
  ['state/no-tensor-leak', broken.Leaks, /tensors more after three further steps/],
  ['state/no-tensor-leak', broken.KeepsAtBuild, /tensors are left after the model was disposed/],
  ['state/determinism', broken.SharesAStatic, /in the second model/],
  ['predict/equals-evaluate', broken.FickleEvaluation, /promise 10.*by prediction/s],
  ['predict/ignores-labels', broken.Peeks, /row \d+: .* before labels were planted/],
  ['cost/does-not-grow-with-domains', broken.PassADomain, /times as many/],
  ['compose/with-plugins-that-do-nothing', broken.CountsItself, /without them/],
  ['compose/lets-others-in-in-order', broken.ShutsOut, /the hook `affine` of a plugin after it never ran/],
];

describe('each check fails on a plugin that breaks it', () => {
  it.each(cases.map(([id, cls, ...rest]) => [id, cls.name, cls, ...rest] as const))(
    '%s: %s',
    async (id, _name, cls, message, options) => {
      const result = await verdict(cls, id, options);
      expect(result.status).toBe('failed');
      expect(result.message).toMatch(message);
      expect(result.message).toContain(`only: ['${id}']`);
      expect(result.message).toContain('dnn with');
    },
  );

  it('a per-domain parameter that one domain never trains is named with that domain', async () => {
    const { message } = await verdict(broken.OffByOne, 'grad/reaches-every-parameter', {
      perDomain: ['off-by-one/**'],
    });
    expect(message).toBeUndefined(); // every row is read by some domain
    const wrong = await verdict(broken.Drifts, 'domains/trains-own-parameters-only', { perDomain: ['drifts/**'] });
    expect(wrong.message).toMatch(/declared as per-domain and has shape \[5\]/);
  });
});

describe('parameters whose paths name their domain', () => {
  const perDomain = ['named-shifts/**/{d}/shift'];
  const ids = ['domains/reads-own-parameters-only', 'domains/renaming-permutes-outputs'];

  it.each([...ids, 'domains/trains-own-parameters-only'])('%s passes where they are declared', async (id) => {
    expect((await verdict(broken.NamedShifts, id, { perDomain })).status).toBe('passed');
  });

  it('do not permute where they are not declared', async () => {
    expect((await verdict(broken.NamedShifts, ids[1]!)).status).toBe('failed');
  });
});

describe('checks of backbones', () => {
  it.each([
    ['announces nothing', Silent, /announces no hidden site/],
    ['does not use what interceptors return', Deaf, /changes no prediction/],
    ['announces another width', WrongWidth, /announced with 7 units and gets 6/],
  ])('sites/announced-and-used fails on one that %s', async (_what, cls, message) => {
    const [result] = await examineBackbone(cls, { only: ['sites/announced-and-used'] });
    expect(result!.status).toBe('failed');
    expect(result!.message).toMatch(message);
  });

  it('puts each plugin that is given on it', async () => {
    const plugins = [{ cls: broken.BatchMean }, { cls: broken.Drifts }];
    const results = await examineBackbone(Dnn, {
      variants: { small: { hiddenUnits: [4] } },
      plugins,
      only: ['domains/rows-do-not-see-each-other'],
    });
    expect(results.map(({ subject, status }) => [subject, status])).toEqual([
      ['dnn (small)', 'passed'],
      ['dnn with batch-mean (small)', 'failed'],
      ['dnn with drifts (small)', 'passed'],
    ]);
  });
});

it('every check of a model has a case here, and every promise a check', () => {
  const covered = new Set([...cases.map(([id]) => id), 'sites/announced-and-used']);
  expect(CHECKS.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  const kept = CHECKS.map(({ promise }) => promise).filter((promise) => promise !== undefined);
  expect(kept.sort((a, b) => a - b)).toEqual(Object.keys(PROMISES).map(Number));
});
