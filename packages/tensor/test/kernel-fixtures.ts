import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { ensureRuntime, Random, silentReport, type Tensor } from '../src/index.js';

export const info = await ensureRuntime({ report: silentReport });
export const random = new Random(5);
export const normal = (...shape: number[]): Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

/** Equal but for the order of sums: 1e-5 of the largest number. */
export function expectClose(a: Tensor, b: Tensor): void {
  expect(a.shape).toEqual(b.shape);
  const difference = tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
  expect(difference / Math.max(1e-3, tf.max(tf.abs(b)).dataSync()[0]!)).toBeLessThan(1e-5);
}
