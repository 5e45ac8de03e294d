import type { Tensor } from '@tensorflow/tfjs-core';

/** Gives the tensor of a number; the same one within a step, so that many parameters share it. */
export type Scalars = (value: number) => Tensor;

/** When an update is made, and how far it goes. */
export interface StepAt {
  /** From 1. */
  readonly step: number;
  /** The learning rate of that step. */
  readonly rate: number;
}
