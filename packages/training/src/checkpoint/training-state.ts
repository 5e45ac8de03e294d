import { MdctrError, type TrialModel } from '@mdctr/core';
import type { NamedArray, NamedIntegers, Optimizer, Random, RandomState } from '@mdctr/tensor';
import type { EpochResult } from '../train.js';
import { newPlateau, type PlateauState } from '../schedule/plateau.js';
import type { Snapshot } from '../snapshot.js';

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
  /** The epochs that are complete. */
  results: EpochResult[];
  /** The best epoch so far; its score is null where the metric was not defined. */
  best: { epoch: number; score: number | null } | null;
  /** Where the schedule `plateau` stands. */
  plateau: PlateauState;
  /** No step is left, because of the number of epochs or of the patience. */
  done: boolean;
}

export const newProgress = (): TrainingProgress => {
  return { epoch: 1, stepsInEpoch: 0, steps: 0, lossSum: 0, results: [], best: null, plateau: newPlateau, done: false };
};

/** What a training changes. */
export interface TrainingParts {
  readonly trial: TrialModel;
  readonly optimizer: Optimizer;
  /** The stream that dropout draws from. */
  readonly random: Random;
}

/** Everything that the rest of a training depends on. */
export interface TrainingState {
  readonly progress: TrainingProgress;
  readonly streams: Readonly<Record<string, RandomState>>;
  readonly optimizer: { readonly step: number; readonly updates: Readonly<Record<string, number>> };
  /** Parameters, states and tables by path. */
  readonly model: ReadonlyMap<string, NamedArray>;
  readonly optimizerArrays: ReadonlyMap<string, NamedArray | NamedIntegers>;
  /** The best epoch's values, where they are no longer those of the model. */
  readonly best: ReadonlyMap<string, NamedArray> | undefined;
}

/** Takes the state as it is between two steps; nothing changes by it. Values are copied when they are read. */
export function captureState(parts: TrainingParts, progress: TrainingProgress, best?: Snapshot): TrainingState {
  const { step, updates, arrays } = parts.optimizer.exportState();
  const streams = [...allStreams(parts)].map(([name, stream]) => [name, stream.state()] as const);
  const holders = holdersOf(parts.trial);
  return {
    progress,
    streams: Object.fromEntries(streams),
    optimizer: { step, updates },
    model: new Map(
      holders.map(({ path, shape, read }) => {
        const array = {
          shape,
          get values() {
            return read();
          },
        };
        return [path, array] as const;
      }),
    ),
    optimizerArrays: arrays,
    best: best && new Map(holders.map(({ path, shape }) => [path, { shape, values: best.get(path)! }] as const)),
  };
}

/**
 * Puts a state back into freshly made parts of the same config; gives the best epoch's values, where it has them.
 * @throws MdctrError MDCTR_CHECKPOINT_MISMATCH if the model has other tensors, because a package is of another version.
 */
export function restoreState(parts: TrainingParts, state: TrainingState): Snapshot | undefined {
  const { trial, optimizer } = parts;
  const { store } = trial.model;
  for (const { path, shape } of holdersOf(trial)) {
    const found = state.model.get(path)?.shape;
    if (found?.join() !== shape.join()) throw otherModel(path, shape, found);
  }
  for (const holder of [...store.list(), ...store.tables()]) holder.write(state.model.get(holder.path)!.values);
  optimizer.importState({ ...state.optimizer, arrays: state.optimizerArrays }, store.trainable(), store.tables());
  for (const [name, stream] of allStreams(parts)) stream.restore(state.streams[name]!);
  trial.reload();
  return state.best && new Map([...state.best].map(([path, { values }]) => [path, values] as const));
}

function allStreams({ trial, random }: TrainingParts): Map<string, Random> {
  return new Map([...trial.streams, ['dropout', random] as const]);
}

interface Holder {
  readonly path: string;
  readonly shape: readonly number[];
  readonly read: () => Float32Array;
}

function holdersOf({ model: { store } }: TrialModel): Holder[] {
  const parameters = store.list().map((p) => ({ path: p.path, shape: p.shape, read: () => p.toHost() }));
  const tables = store.tables().map((t) => ({ path: t.path, shape: [t.rows, t.dim], read: () => t.toHost() }));
  return [...parameters, ...tables];
}

function otherModel(path: string, shape: readonly number[], found: readonly number[] | undefined): MdctrError {
  return new MdctrError('MDCTR_CHECKPOINT_MISMATCH', {
    what: `The checkpoint does not fit the installed packages: "${path}" differs.`,
    expected: `[${shape.join(', ')}]`,
    found: found ? `[${found.join(', ')}]` : 'no such tensor',
    hint: 'Resume with the versions of the packages that the training began with, or train anew.',
  });
}
