import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  affine,
  attribute,
  ensureRuntime,
  FREEING,
  mul,
  profileOps,
  READING,
  relu,
  silentReport,
  tidy,
  toHost,
  valueAndGradients,
  withPortableOps,
  type OpProfile,
  type Scalar,
  type Tensor,
} from '../src/index.js';
import { nativeOps } from '../src/native.js';
import { runtime } from '../src/runtime/index.js';

await ensureRuntime({ report: silentReport });

const [x, kernel, bias] = [tf.ones([6, 4]), tf.ones([4, 3]), tf.ones([3])];

/** A layer with a plugin's factor behind it, and what a loss asks for; gradients by all three inputs. */
const scale = attribute({ site: 'deep/0', plugin: 'gate' }, (h: Tensor) => mul(h, 0.5));
const layer = attribute({ site: 'deep/0' }, (input: Tensor) => scale(relu(affine(input, kernel, bias))));
const loss = attribute({ site: 'loss' }, (h: Tensor) => tf.mean(h) as Scalar);
const step = (): number =>
  tidy(() => {
    const { value, gradients } = valueAndGradients(() => loss(layer(x)), [x, kernel, bias]);
    gradients.forEach((gradient) => tf.mul(gradient!, 2));
    return toHost(value);
  })[0]!;

/** Calls by op of one line, moves of memory left out. */
function callsOf({ scopes }: OpProfile, line: string): Record<string, number> {
  const [site, plugin] = line.split(' > ');
  return Object.fromEntries(
    scopes
      .filter(({ scope }) => scope.site === site && scope.plugin === plugin)
      .flatMap(({ direction, ops }) =>
        [...ops]
          .filter(([name]) => name !== FREEING && name !== READING)
          .map(([name, { calls }]) => [`${direction} ${name}`, calls]),
      ),
  );
}

/** Methods that lie over those of a class. */
const overridden = (): string[] => [
  ...Object.getOwnPropertyNames(runtime().backend),
  ...Object.getOwnPropertyNames(tf.engine()),
];
const before = overridden(); // the first profile is yet to come

describe.skipIf(!nativeOps())('a profile of ops', () => {
  it('has every op where it ran, and its gradient there too', () => {
    const { profile } = profileOps(step);
    expect(callsOf(profile, 'deep/0')).toEqual({
      'forward MatMul': 1,
      'forward BiasAdd': 1,
      'forward Relu': 1,
      'backward MatMul': 2,
      'backward BiasAddGrad': 1,
      'backward ReluGrad': 1,
    });
    expect(callsOf(profile, 'deep/0 > gate')).toEqual({ 'forward Mul': 1, 'backward Mul': 1 });
    expect(callsOf(profile, 'loss')).toMatchObject({ 'forward Mean': 1 });
    // What comes after the gradients is in no scope again: the first dy, and the three products.
    expect(callsOf(profile, 'step')).toMatchObject({ 'forward Mul': 3 });
    expect(profile.scopes.map(({ scope }) => scope.site)).not.toContain('backward');
  });

  it('has gradients of tfjs, which are taken after their function has returned', () => {
    const { profile } = profileOps(() => withPortableOps(step));
    const gate = Object.entries(callsOf(profile, 'deep/0 > gate'));
    expect(gate.some(([name]) => name.startsWith('backward'))).toBe(true);
    const products = Object.entries(callsOf(profile, 'deep/0')).filter(([name]) => name.includes('MatMul'));
    expect(products.map(([name, calls]) => [name.split(' ')[0], calls])).toEqual([
      ['forward', 1],
      ['backward', 2],
    ]);
  });

  it('counts gradients of gradients as the way back', () => {
    const cube = attribute(
      { site: 'deep/0' },
      (input: Tensor) => tf.mean(tf.mul(tf.mul(input, input), input)) as Scalar,
    );
    const first = (): Tensor => valueAndGradients(() => cube(x), [x]).gradients[0]!;
    const second = (): Tensor => valueAndGradients(() => tf.mean(first()) as Scalar, [x]).gradients[0]!;
    const [once, twice] = [first, second].map((run) => callsOf(profileOps(() => tidy(run)).profile, 'deep/0'));
    expect([once!['forward Mul'], twice!['forward Mul']]).toEqual([2, 2]);
    expect(twice!['backward Mul']).toBeGreaterThan(once!['backward Mul']!);
  });

  it('counts floating-point operations of the forward pass alone', () => {
    const { scopes } = profileOps(step).profile;
    const flops = scopes
      .filter((time) => time.flops > 0)
      .map(({ scope, flops: count }) => [scope.site, scope.plugin, count]);
    expect(flops).toEqual([
      ['deep/0', undefined, 2 * 6 * 4 * 3 + 2 * 6 * 3],
      ['deep/0', 'gate', 6 * 3],
    ]);
  });

  it('does not count those of a gradient', () => {
    const doubled = tf.customGrad((input) => ({
      value: mul(input as Tensor, 2),
      gradFunc: (dy) => mul(dy as Tensor, 2),
    }));
    const twice = attribute({ site: 'deep/0' }, (input: Tensor) => tf.mean(doubled(input)) as Scalar);
    const { scopes } = profileOps(() => tidy(() => valueAndGradients(() => twice(x), [x]).gradients[0]!)).profile;
    expect(scopes.reduce((sum, { flops }) => sum + flops, 0)).toBe(x.size);
  });

  it('counts every moment once', () => {
    const { scopes, wallMs } = profileOps(step).profile;
    const sum = (of: (time: (typeof scopes)[number]) => number): number =>
      scopes.reduce((total, time) => total + of(time), 0);
    expect(sum((time) => time.wallMs)).toBeCloseTo(wallMs, 6);
    for (const time of scopes) {
      const inOps = [...time.ops.values()].reduce((total, { ms }) => total + ms, 0);
      expect(inOps).toBeLessThanOrEqual(time.wallMs + 1e-6);
    }
    expect(sum(({ ops }) => ops.get(READING)?.calls ?? 0)).toBe(1);
    expect(sum(({ ops }) => ops.get(FREEING)?.calls ?? 0)).toBeGreaterThan(5);
  });

  it('changes no result, and leaves nothing behind, also when the work fails', () => {
    const tensors = tf.memory().numTensors;
    expect(profileOps(step).value).toBe(step());
    expect(overridden()).toEqual(before);
    const failing = attribute({ site: 'deep/0' }, () => {
      throw new Error('of the work');
    });
    expect(() => profileOps(() => tidy(() => valueAndGradients(() => failing(), [x]).value))).toThrow('of the work');
    expect(overridden()).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
    const { scopes } = profileOps(() => undefined).profile;
    expect(scopes.map(({ scope }) => scope.site)).toEqual(['step']);
  });

  it('is taken one at a time', () => {
    expect(() => profileOps(() => profileOps(step))).toThrow('already');
    expect(profileOps(step).profile.wallMs).toBeGreaterThan(0);
  });
});
