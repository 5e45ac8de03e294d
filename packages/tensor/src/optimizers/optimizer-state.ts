import { chunksOf, tableArray, type NamedArray, type NamedIntegers } from '../safetensors/arrays.js';
import { CHUNK } from '../state/chunks.js';
import type { EmbeddingTable } from '../state/embedding-table.js';
import type { Parameter } from '../state/parameter.js';
import { release } from '../state/release.js';
import type { StoredTensor } from '../state/stored-tensor.js';
import type { DenseUpdates } from './dense-updates.js';
import type { RowUpdates } from './row-updates.js';

/** @internal An optimizer's state, tensors by name. */
export interface OptimizerState {
  /** Steps begun. */
  readonly step: number;
  /** Updates so far of each dense parameter, by path. */
  readonly updates: Readonly<Record<string, number>>;
  /** `slot/I/PATH` for parameters and tables, `last-step/PATH` [rows] for tables, `rates` [step]: the rate of each step. */
  readonly arrays: ReadonlyMap<string, NamedArray | NamedIntegers>;
}

/** What an optimizer has of the parameters and tables of a model. */
interface OptimizerParts {
  readonly dense: ReadonlyMap<Parameter, DenseUpdates & { updates: number }>;
  readonly tables: ReadonlyMap<EmbeddingTable, RowUpdates>;
}

/** Names of a state's arrays. */
export const slotNames = {
  rates: 'rates',
  slot: (path: string, slot: number): string => `slot/${slot}/${path}`,
  lastStep: (path: string): string => `last-step/${path}`,
};

/** The state as it lies; values are copied when they are asked for. */
export function readState({
  step,
  rates,
  dense,
  tables,
}: OptimizerParts & { readonly step: number; readonly rates: Float32Array }): OptimizerState {
  const arrays = new Map<string, NamedArray | NamedIntegers>();
  for (const [{ path }, { slots }] of dense) {
    slots.forEach((slot, i) => arrays.set(slotNames.slot(path, i), arrayOf(slot)));
  }
  for (const [{ path, rows }, updates] of tables) {
    updates.slots.forEach((slot, i) => {
      arrays.set(
        slotNames.slot(path, i),
        tableArray([rows, slot.dim], () => slot.readChunks(0, rows)),
      );
    });
    arrays.set(slotNames.lastStep(path), lastStepsOf(rows, updates));
  }
  arrays.set(slotNames.rates, { shape: [step], values: rates });
  const counts = [...dense].map(([{ path }, { updates }]) => [path, updates] as const);
  return { step, updates: Object.fromEntries(counts), arrays };
}

/** Puts a state into the parts that it has something of; gives the rates of the steps so far. */
export function writeState({ updates, arrays }: OptimizerState, { dense, tables }: OptimizerParts): Float32Array {
  for (const [{ path }, state] of dense) {
    const count = updates[path];
    if (count === undefined) continue;
    state.updates = count;
    state.slots.forEach((slot, i) => slot.write(floats(arrays, slotNames.slot(path, i)).values));
  }
  for (const [{ path }, state] of tables) {
    const lastSteps = arrays.get(slotNames.lastStep(path));
    if (!lastSteps || !('dtype' in lastSteps)) continue;
    state.restore(lastSteps.values);
    state.slots.forEach((slot, i) => slot.writeChunks(0, chunksOf(floats(arrays, slotNames.slot(path, i)))));
  }
  return floats(arrays, slotNames.rates).values;
}

function floats(arrays: OptimizerState['arrays'], name: string): NamedArray {
  const array = arrays.get(name);
  if (!array || 'dtype' in array) throw new RangeError(`The optimizer's state has no numbers "${name}".`);
  return array;
}

function lastStepsOf(rows: number, updates: RowUpdates): NamedIntegers {
  return {
    dtype: 'I32',
    shape: [rows],
    get values() {
      return updates.lastSteps(0, rows);
    },
    *chunks() {
      for (let begin = 0; begin < rows; begin += CHUNK) {
        const steps = updates.lastSteps(begin, Math.min(rows, begin + CHUNK));
        yield steps;
        release(steps);
      }
    },
  };
}

/** Fetches the values when they are asked for, so that not all state is on the host at a time. */
function arrayOf(variable: StoredTensor): NamedArray {
  return {
    shape: variable.shape,
    get values() {
      return variable.toHost();
    },
  };
}
