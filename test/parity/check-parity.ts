import {
  assembleTrial,
  Registry,
  type Gradients,
  type HostBatch,
  type StepContext,
  type TrialModel,
} from '@mdctr/core';
import * as adasparse from '@mdctr/adasparse';
import * as apg from '@mdctr/apg';
import * as backbones from '@mdctr/backbones';
import * as star from '@mdctr/star';
import { adagrad, adam, liveTensors, Optimizer, Random, sgd, tidy, toHost, type UpdateRule } from '@mdctr/tensor';
import { plainStep, stepContext, type TrainingOptions } from '@mdctr/training';
import { expect } from 'vitest';
import { batchesOf, partOf, schemaOf, type ParityCase } from './fixtures.js';

/** Largest deviation from PyTorch's float64, relative to the largest value of the tensor. */
const TOLERANCE = { logits: 1e-5, loss: 1e-5, gradient: 1e-4, weight: 1e-4, state: 1e-5 };

/** Compares everything that a case holds; see docs/parity.md. */
export async function checkParity(fixture: ParityCase): Promise<void> {
  const { training, evaluation } = await batchesOf(fixture);
  const trial = modelOf(fixture);
  const { model } = trial;
  const optimizer = new Optimizer(ruleOf(fixture.optimizer));
  const context = stepContext(model, optimizer, new Random(1));
  const step = trial.wrapStep(plainStep);

  const logits = partOf(fixture, 'logits');
  expectNear(logitsOf(trial, training[0]!), logits.get('training')!, TOLERANCE.logits, 'logits in training');
  writeStates(fixture, trial);

  const gradients = recordGradients(trial, context, training[0]!);
  for (const [path, wanted] of partOf(fixture, 'gradient')) {
    expectNear(gradients.get(path) ?? new Float32Array(wanted.length), wanted, TOLERANCE.gradient, `gradient ${path}`);
  }
  writeStates(fixture, trial);

  const before = liveTensors();
  const losses = training.map((batch) => step(batch, context));
  expectNear(losses, fixture.losses, TOLERANCE.loss, 'losses');
  expect(liveTensors(), 'tensors do not pile up').toBeLessThan(before + 200);
  optimizer.flush(model.table);

  const compared = partOf(fixture, 'compared');
  for (const [path, wanted] of partOf(fixture, 'end')) {
    const mask = compared.get(path);
    const pick = (values: ArrayLike<number>): number[] => Array.from(values).filter((_, i) => mask?.[i] !== 0);
    expectNear(pick(valuesAt(trial, path)), pick(wanted), TOLERANCE.weight, `trained ${path}`);
  }
  // Noise in a masked weight is in the moving averages behind it, and so in evaluation.
  if (compared.size === 0) {
    for (const [path, wanted] of partOf(fixture, 'endState')) {
      expectNear(valuesAt(trial, path), wanted, TOLERANCE.state, `state ${path}`);
    }
    const scores = trial.wrapPredict((batch) => model.predict(batch))(evaluation);
    const wanted = [...logits.get('evaluation')!].map((logit) => 1 / (1 + Math.exp(-logit)));
    // After training steps, so that the weights' deviation is in it.
    expectNear(scores, wanted, TOLERANCE.weight, 'scores in evaluation');
  }
  optimizer.dispose();
  trial.dispose();
}

/** The model of a case with the fixture's weights in it. */
function modelOf(fixture: ParityCase): TrialModel {
  const registry = new Registry();
  for (const [name, exports] of Object.entries({ backbones, adasparse, apg, star })) {
    registry.addModule(exports, `@mdctr/${name}`);
  }
  const { backbone, plugins, dim } = fixture;
  const embedding = { dim, initStd: 0.1 };
  const trial = assembleTrial({ registry, schema: schemaOf(fixture), embedding, backbone, plugins, seed: 1 });
  const start = partOf(fixture, 'start');
  const paths = ['embedding', ...trial.model.store.trainable().map(({ path }) => path)];
  expect(paths.sort(), 'paths of the parameters').toEqual([...start.keys()].sort());
  for (const parameter of trial.model.store.trainable()) parameter.write(start.get(parameter.path)!);
  trial.model.table.write(start.get('embedding')!);
  trial.setProgress(fixture.progress);
  writeStates(fixture, trial);
  return trial;
}

/** Puts moving statistics and the like back to their start; a pass in training moves them. */
function writeStates(fixture: ParityCase, trial: TrialModel): void {
  for (const [path, values] of partOf(fixture, 'startState')) trial.model.store.get(path)!.write(values);
}

function logitsOf({ model }: TrialModel, batch: HostBatch): Float32Array {
  let logits!: Float32Array;
  tidy(() => {
    logits = toHost(model.run(model.lookup(batch), batch, { training: true, random: new Random(1) }).logits);
  });
  return logits;
}

/** What a step hands to the optimizer, by path; nothing is updated. */
function recordGradients(trial: TrialModel, context: StepContext, batch: HostBatch): Map<string, Float32Array> {
  const recorded = new Map<string, Float32Array>();
  const { dim, rows } = trial.model.table;
  const record = ({ dense, rows: embedding }: Gradients): void => {
    for (const [{ path }, gradient] of dense) recorded.set(path, toHost(gradient));
    const whole = new Float32Array(rows * dim);
    const found = toHost(embedding.gradient);
    embedding.ids.forEach((id, i) => whole.set(found.subarray(i * dim, (i + 1) * dim), id * dim));
    recorded.set('embedding', whole);
  };
  trial.wrapStep(plainStep)(batch, { ...context, apply: record });
  return recorded;
}

function valuesAt({ model }: TrialModel, path: string): Float32Array {
  return path === 'embedding' ? model.table.toHost() : model.store.get(path)!.toHost();
}

function ruleOf(options: TrainingOptions['optimizer']): UpdateRule {
  if (options.kind === 'adam') return adam(options);
  return options.kind === 'adagrad' ? adagrad(options) : sgd(options);
}

function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number, what: string): void {
  expect(found.length, what).toBe(wanted.length);
  const scale = Math.max(1e-3, ...Array.from(wanted, Math.abs));
  const deviation = Math.max(0, ...Array.from(wanted, (value, i) => Math.abs(found[i]! - value)));
  // NaN is not less than anything.
  expect(deviation / scale, what).toBeLessThan(tolerance);
}
