import { Random } from '@mdctr/base';
import {
  assembleModel,
  type Gradients,
  type HostBatch,
  type JsonSchema,
  type Model,
  type Registry,
  type StepContext,
  type AssembledModel,
  type UnitConfig,
  type UnitKind,
} from '@mdctr/core';
import { adagrad, adam, Optimizer, sgd, tidy, toHost, type Parameter, type UpdateRule } from '@mdctr/tensor';
import { decayOf, plainStep, stepContext } from '@mdctr/training';
import { expect } from 'vitest';
import { batchesOf, schemaOf, type Fixture } from './fixtures.js';

/** Largest deviation of float32 from the float64 reference, relative to the largest value of a tensor. */
export const TOLERANCE = { outputs: 1e-5, losses: 1e-5, gradients: 1e-4, weights: 1e-4 };

export type Tolerance = typeof TOLERANCE;

/** Runs a case as its fixture was made, and compares all that the fixture knows. */
export async function compareWithTorch(
  fixture: Fixture,
  registry: Registry,
  tolerance: Tolerance = TOLERANCE,
): Promise<void> {
  const { training, evaluation } = await batchesOf(fixture.data);
  const assembled = modelOf(fixture, registry);
  const { learningRate, weightDecay = 0, factors = [] } = fixture.optimizer;
  const weights = { weightDecay, l2: 0 };
  const exempt = ['**/bias', '**/norm/*'];
  const decay = decayOf({ dense: { ...weights, exempt }, embedding: { ...weights, l2ByFrequency: 0 } });
  const optimizer = new Optimizer(ruleOf(fixture.optimizer), decay);
  const context = stepContext(assembled.model, optimizer, new Random(1));

  expectNear(trainingLogits(assembled, training[0]!), fixture.logits.training, tolerance.outputs, 'logits in training');
  restoreStates(assembled, fixture, 'start');
  compareGradients(assembled, fixture, training[0]!, context, tolerance);
  restoreStates(assembled, fixture, 'start');

  const step = assembled.wrapStep(plainStep);
  const losses = training.map((batch, i) => {
    optimizer.learningRate = learningRate * (factors[i] ?? 1);
    return step(batch, context);
  });
  expectNear(losses, fixture.losses, tolerance.losses, 'losses of the steps');
  optimizer.flush(assembled.model.table);
  compareWeights(assembled, fixture, tolerance);

  // Evaluation is compared at PyTorch's weights, so that the deviations of training do not add to its own.
  writeWeights(assembled, fixture, 'end');
  restoreStates(assembled, fixture, 'end');
  const predict = assembled.wrapPredict((batch) => assembled.model.predict(batch));
  const scores = Array.from(fixture.logits.evaluation, (logit) => 1 / (1 + Math.exp(-logit)));
  expectNear(predict(evaluation), scores, tolerance.outputs, 'scores in evaluation');
  optimizer.dispose();
  assembled.dispose();
}

/** The model of a case with the fixture's weights in it; both must have the same parameters and states. */
function modelOf(fixture: Fixture, registry: Registry): AssembledModel {
  const fill = (kind: UnitKind, unit: UnitConfig): UnitConfig => ({
    ...withDefaults(registry.get(kind, unit.name).options, unit),
    name: unit.name,
  });
  const assembled = assembleModel({
    registry,
    schema: schemaOf(fixture.data),
    embedding: { dim: fixture.dim, initStd: 0.1 },
    backbone: fill('backbone', fixture.backbone),
    plugins: fixture.plugins.map((plugin) => fill('plugin', plugin)),
    seed: 1,
  });
  const { store } = assembled.model;
  const paths = ['embedding', ...store.trainable().map(({ path }) => path)];
  expect(paths.sort(), 'trained parameters').toEqual([...fixture.trained.keys()].sort());
  writeWeights(assembled, fixture, 'start');
  restoreStates(assembled, fixture, 'start');
  assembled.setStep(fixture.step);
  return assembled;
}

/** Options that a fixture leaves out take their defaults, as in a config. */
function withDefaults(schema: JsonSchema, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...given };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const value = given[name] ?? property.default;
    filled[name] =
      property.type === 'object' && property.properties
        ? withDefaults(property, (value ?? {}) as Record<string, unknown>)
        : value;
  }
  return filled;
}

function ruleOf({ kind, ...options }: Fixture['optimizer']): UpdateRule {
  if (kind === 'adam') return adam(options as never);
  return kind === 'adagrad' ? adagrad(options as never) : sgd(options as never);
}

function writeWeights({ model }: AssembledModel, fixture: Fixture, when: 'start' | 'end'): void {
  for (const parameter of model.store.trainable()) parameter.write(fixture.trained.get(parameter.path)![when]);
  model.table.write(fixture.trained.get('embedding')![when]);
}

/** Writes moving statistics, which every forward pass in training changes. */
function restoreStates({ model }: AssembledModel, fixture: Fixture, when: 'start' | 'end'): void {
  for (const [path, values] of fixture.states) parameterAt(model, path).write(values[when]);
}

function trainingLogits({ model }: AssembledModel, batch: HostBatch): Float32Array {
  let logits!: Float32Array;
  tidy(() => {
    logits = toHost(model.run(model.lookup(batch), batch, { training: true }).logits);
    model.penalties(model.run(model.lookup(batch), batch, { training: true }).batch);
  });
  return logits;
}

/** What a step would apply: a plugin may compute it in its own way. */
function compareGradients(
  { wrapStep }: AssembledModel,
  fixture: Fixture,
  batch: HostBatch,
  context: StepContext,
  tolerance: Tolerance,
): void {
  const found = new Map<string, Float32Array>();
  const apply = ({ dense, rows }: Gradients): void => {
    for (const [{ path }, gradient] of dense) found.set(path, toHost(gradient));
    found.set('embedding', denseRows(rows, fixture.trained.get('embedding')!.start.length));
  };
  const loss = wrapStep(plainStep)(batch, { ...context, apply });
  expectNear([loss], [fixture.losses[0]!], tolerance.losses, 'loss');
  for (const [path, { gradient }] of fixture.trained) {
    // A parameter that the loss does not reach has no gradient here and zeros there.
    const applied = found.get(path) ?? new Float32Array(gradient.length);
    expectNear(applied, gradient, tolerance.gradients, `gradient of ${path}`);
  }
}

function denseRows({ ids, gradient }: Gradients['rows'], size: number): Float32Array {
  const dense = new Float32Array(size);
  const rows = toHost(gradient);
  const dim = rows.length / ids.length;
  ids.forEach((id, i) => dense.set(rows.subarray(i * dim, (i + 1) * dim), id * dim));
  return dense;
}

function compareWeights({ model }: AssembledModel, fixture: Fixture, tolerance: Tolerance): void {
  for (const [path, { end }] of fixture.trained) {
    const found = path === 'embedding' ? model.table.toHost() : parameterAt(model, path).toHost();
    expectNear(found, end, tolerance.weights, `${path} after training`);
  }
  for (const [path, { end }] of fixture.states) {
    expectNear(parameterAt(model, path).toHost(), end, tolerance.weights, `${path} after training`);
  }
}

/** Every deviation, relative to the largest value (at least 0.01), is within the tolerance. */
function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number, what: string): void {
  expect(found.length, what).toBe(wanted.length);
  const scale = Math.max(0.01, ...Array.from(wanted, Math.abs));
  const deviations = Array.from(wanted, (value, i) => Math.abs(found[i]! - value) / scale);
  // Not their maximum alone: NaN must not slip through.
  expect(deviations.find((deviation) => !(deviation < tolerance)) ?? 0, what).toBeLessThan(tolerance);
}

function parameterAt(model: Model, path: string): Parameter {
  const parameter = model.store.get(path);
  if (!parameter) throw new Error(`The fixture has "${path}", the model does not.`);
  return parameter;
}
