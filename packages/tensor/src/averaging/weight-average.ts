import type { Tensor } from '@tensorflow/tfjs-core';
import type { Optimizer } from '../optimizers/optimizer.js';
import { chunksOf, tableArray, type NamedArray, type NamedIntegers } from '../safetensors/arrays.js';
import type { EmbeddingTable } from '../state/embedding-table.js';
import type { Parameter } from '../state/parameter.js';
import { tf } from '../tfjs.js';
import { AverageHistory } from './average-history.js';
import { RowAverage } from './row-average.js';

/** @internal What a training that goes on needs of an average. */
export interface AverageState {
  /** Steps of the optimizer before the first that is averaged. */
  readonly start: number;
  /** Averages by the path of what they are of; `last-step/PATH` [rows] for tables. */
  readonly arrays: ReadonlyMap<string, NamedArray | NamedIntegers>;
}

/**
 * An average of weights over the steps of an optimizer, beside the weights themselves: avg = d avg + (1 - d) w after each
 * step. It takes the memory of the weights once more, and four bytes a row of a table.
 * @internal
 */
export class WeightAverage {
  private history: AverageHistory | undefined;
  private start = 0;
  private readonly dense = new Map<Parameter, Tensor>();
  private rows: RowAverage | undefined;

  /**
   * @param parameters whose values are averaged
   * @param decayOf d of the n-th step that is averaged, n from 1
   */
  constructor(
    private readonly optimizer: Optimizer,
    private readonly parameters: readonly Parameter[],
    private readonly table: EmbeddingTable,
    private readonly decayOf: (n: number) => number,
  ) {}

  /** Whether steps are averaged yet. */
  get begun(): boolean {
    return this.history !== undefined;
  }

  /** Averages from the next step on; the averages begin with the weights as they are. */
  begin(): void {
    this.beginAt(this.optimizer.steps);
  }

  /** To be called before the optimizer's step, with the rows that it will update. */
  beforeStep(ids: Int32Array): void {
    this.rows?.catchUp(ids);
  }

  /** To be called after the optimizer's step, with the rows that it has updated. */
  afterStep(ids: Int32Array): void {
    if (!this.history) return;
    const decay = this.pushStep(this.history);
    tf.tidy(() => {
      for (const parameter of this.parameters) {
        const before = this.dense.get(parameter)!;
        const mixed = tf.add(tf.mul(before, decay), tf.mul(parameter.value, 1 - decay));
        before.dispose();
        this.dense.set(parameter, tf.keep(mixed));
      }
    });
    this.rows!.take(ids, decay);
  }

  /** Brings the averages of all rows up to date; to be called before the optimizer is flushed. */
  flush(): void {
    this.rows?.flush();
  }

  /** Exchanges weights and averages, after a flush of both: once for the averages to be in the model, again for the weights. */
  swap(): void {
    if (!this.rows) return;
    for (const [parameter, average] of this.dense) {
      const weights = parameter.toHost();
      parameter.write(average.dataSync() as Float32Array);
      average.dispose();
      this.dense.set(parameter, tf.keep(tf.tensor(weights, [...parameter.shape], 'float32')));
    }
    this.rows.swap();
  }

  /** The state as it lies, undefined before the first step that counts; values are copied when they are read. */
  exportState(): AverageState | undefined {
    const { rows } = this;
    if (!rows) return undefined;
    const { path, rows: count, dim } = this.table;
    const dense = [...this.dense].map(([{ path, shape }, average]) => {
      const array: NamedArray = {
        shape,
        get values() {
          return average.dataSync() as Float32Array;
        },
      };
      return [path, array] as const;
    });
    const arrays = new Map<string, NamedArray | NamedIntegers>(dense);
    arrays.set(
      path,
      tableArray([count, dim], () => rows.storage.readChunks(0, count)),
    );
    arrays.set(lastStepName(path), { dtype: 'I32', shape: [count], values: rows.lastStep });
    return { start: this.start, arrays };
  }

  /** Goes on from an exported state; the optimizer has gone on from its own before. */
  importState({ start, arrays }: AverageState): void {
    this.beginAt(start);
    for (const parameter of this.parameters) {
      const { values } = floats(arrays, parameter.path);
      this.dense.get(parameter)!.dispose();
      this.dense.set(parameter, tf.keep(tf.tensor(Float32Array.from(values), [...parameter.shape], 'float32')));
    }
    const { path } = this.table;
    this.rows!.storage.writeChunks(0, chunksOf(floats(arrays, path)));
    const lastStep = arrays.get(lastStepName(path));
    if (!lastStep || !('dtype' in lastStep)) throw new RangeError(`The average has no steps of "${path}".`);
    this.rows!.lastStep.set(lastStep.values);
  }

  dispose(): void {
    for (const average of this.dense.values()) average.dispose();
    this.dense.clear();
    this.rows?.dispose();
    this.rows = this.history = undefined;
  }

  private beginAt(start: number): void {
    this.start = start;
    this.history = new AverageHistory(this.optimizer.rates);
    while (this.history.step < this.optimizer.steps) this.pushStep(this.history);
    this.rows = new RowAverage(this.table, this.optimizer, this.history);
    for (const parameter of this.parameters)
      this.dense.set(parameter, tf.keep(tf.tensor(parameter.toHost(), [...parameter.shape], 'float32')));
  }

  /** Adds a step to the history; gives its d, which is 0 before the first that counts. */
  private pushStep(history: AverageHistory): number {
    const n = history.step + 1 - this.start;
    const decay = n > 0 ? this.decayOf(n) : 0;
    history.push(decay);
    return decay;
  }
}

const lastStepName = (path: string): string => `last-step/${path}`;

function floats(arrays: AverageState['arrays'], name: string): NamedArray {
  const array = arrays.get(name);
  if (!array || 'dtype' in array) throw new RangeError(`The average has no numbers "${name}".`);
  return array;
}
