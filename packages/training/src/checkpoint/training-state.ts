import { type Random, type RandomState, MdctrError } from '@mdctr/base';
import { type AssembledModel } from '@mdctr/core';
import type { AverageState, NamedArray, NamedIntegers, Optimizer } from '@mdctr/tensor';
import type { TrainingAverage } from '../averaging/training-average.js';
import type { EpochResult } from '../loop/results.js';
import { newPlateau, type PlateauState } from '../schedule/plateau.js';
import type { Selection } from '../loop/select-evaluation.js';
import { arraysOf, writeArrays, type ModelArrays, type Snapshot } from './snapshot.js';

/** How far a training has come: all of its state that lies in no tensor. Survives JSON. */
export interface TrainingProgress {
  /** The epoch, from 1, that the next step is in. */
  epoch: number;
  /** Steps done in that epoch. */
  stepsInEpoch: number;
  /** Steps done in all. */
  steps: number;
  /** Sum of the losses of the epoch's steps. */
  lossSum: number;
  /** The evaluations so far. */
  results: EpochResult[];
  /** The best evaluation so far, and the one that patience counts from; null before the first. */
  selection: Selection | null;
  /** Where the schedule `plateau` stands. */
  plateau: PlateauState;
  /** No step is left, because of the number of epochs or of the patience. */
  done: boolean;
}

export const newProgress = (): TrainingProgress => {
  return {
    epoch: 1,
    stepsInEpoch: 0,
    steps: 0,
    lossSum: 0,
    results: [],
    selection: null,
    plateau: newPlateau,
    done: false,
  };
};

/** What a training changes. */
export interface TrainingParts {
  readonly assembled: AssembledModel;
  readonly optimizer: Optimizer;
  /** The stream that dropout draws from. */
  readonly random: Random;
  /** The averaged weights; undefined where there are none. */
  readonly average: TrainingAverage | undefined;
}

/** Everything that the rest of a training depends on. */
export interface TrainingState {
  readonly progress: TrainingProgress;
  readonly streams: Readonly<Record<string, RandomState>>;
  readonly optimizer: { readonly step: number; readonly updates: Readonly<Record<string, number>> };
  /** Parameters, states and tables by path. */
  readonly model: ModelArrays;
  readonly optimizerArrays: ReadonlyMap<string, NamedArray | NamedIntegers>;
  /** The best evaluation's values, where they are no longer those of the model. */
  readonly best: Snapshot | undefined;
  /** The averaged weights, once steps are averaged. */
  readonly average: AverageState | undefined;
}

/** Takes the state as it is between two steps; nothing changes by it. Values are copied when they are read. */
export function captureState(parts: TrainingParts, progress: TrainingProgress, best?: Snapshot): TrainingState {
  const { step, updates, arrays } = parts.optimizer.exportState();
  const streams = [...allStreams(parts)].map(([name, stream]) => [name, stream.state()] as const);
  return {
    progress,
    streams: Object.fromEntries(streams),
    optimizer: { step, updates },
    model: arraysOf(parts.assembled.model),
    optimizerArrays: arrays,
    best,
    average: parts.average?.exportState(),
  };
}

/**
 * Puts a state back into freshly made parts of the same config; what it has of the best evaluation is left where it is.
 * @throws MdctrError MDCTR_CHECKPOINT_MISMATCH if the model has other tensors, because a package is of another version.
 */
export function restoreState(parts: TrainingParts, state: TrainingState): void {
  const { assembled, optimizer } = parts;
  const { store } = assembled.model;
  for (const [path, { shape }] of arraysOf(assembled.model)) {
    const found = state.model.get(path)?.shape;
    if (found?.join() !== shape.join()) throw otherModel(path, shape, found);
  }
  writeArrays(assembled.model, state.model);
  optimizer.importState({ ...state.optimizer, arrays: state.optimizerArrays }, store.trainable(), store.tables());
  if (state.average) parts.average?.importState(state.average);
  for (const [name, stream] of allStreams(parts)) stream.restore(state.streams[name]!);
  assembled.reload();
}

function allStreams({ assembled, random }: TrainingParts): Map<string, Random> {
  return new Map([...assembled.streams, ['dropout', random] as const]);
}

function otherModel(path: string, shape: readonly number[], found: readonly number[] | undefined): MdctrError {
  return new MdctrError('MDCTR_CHECKPOINT_MISMATCH', {
    what: `The checkpoint does not fit the installed packages: "${path}" differs.`,
    expected: `[${shape.join(', ')}]`,
    found: found ? `[${found.join(', ')}]` : 'no such tensor',
    hint: 'Resume with the versions of the packages that the training began with, or train anew.',
  });
}
