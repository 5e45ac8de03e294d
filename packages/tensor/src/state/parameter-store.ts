import type { Tensor } from '@tensorflow/tfjs-core';
import { MdctrError } from '@mdctr/base';
import type { Initializer } from '../initializers.js';
import type { Random } from '@mdctr/base';
import { EmbeddingTable } from './embedding-table.js';
import { Parameter } from './parameter.js';
import { chunkRows } from './chunks.js';

/** All parameters and tables of a model, by path. Initial values depend only on the seed and the path. */
export class ParameterStore {
  private readonly parameters = new Map<string, Parameter>();
  private readonly embeddings = new Map<string, EmbeddingTable>();

  /** Called for every new parameter, but not for tables. */
  onCreate: ((parameter: Parameter) => void) | undefined;

  constructor(private readonly random: Random) {}

  /**
   * Adds a parameter.
   * @param origin path that the initial value is drawn for; the parameter's path by default. With the path of another
   *   parameter, both have the same initial value.
   * @throws MdctrError MDCTR_PARAMETER_DUPLICATE if the path is taken.
   */
  create(
    path: string,
    shape: readonly number[],
    initializer: Initializer,
    trainable = true,
    origin: string = path,
  ): Parameter {
    this.refuseDuplicate(path);
    const parameter = new Parameter(path, shape, trainable, initializer(shape, this.random.fork(origin)));
    this.parameters.set(path, parameter);
    this.onCreate?.(parameter);
    return parameter;
  }

  /**
   * Adds an embedding table of `rows` x `dim`. The initializer is called for chunks of rows, with one stream, to save
   * memory. The optimizer state is created at the first update.
   */
  createTable(path: string, rows: number, dim: number, initializer: Initializer): EmbeddingTable {
    this.refuseDuplicate(path);
    const table = new EmbeddingTable(path, rows, dim, drawRows(rows, dim, initializer, this.random.fork(path)));
    this.embeddings.set(path, table);
    return table;
  }

  /** Parameters in the order of their creation, tables not included. */
  list(): readonly Parameter[] {
    return [...this.parameters.values()];
  }

  /** The parameters that get gradients, in the order of their creation. */
  trainable(): readonly Parameter[] {
    return this.list().filter((parameter) => parameter.trainable);
  }

  tables(): readonly EmbeddingTable[] {
    return [...this.embeddings.values()];
  }

  get(path: string): Parameter | undefined {
    return this.parameters.get(path);
  }

  /** Number of trainable values, including tables. */
  count(): number {
    const dense = this.trainable().reduce((sum, { size }) => sum + size, 0);
    return this.tables().reduce((sum, { rows, dim }) => sum + rows * dim, dense);
  }

  /** Runs `body` with other values for some parameters. */
  withValues<T>(values: ReadonlyMap<Parameter, Tensor>, body: () => T): T {
    const nested = [...values].reduceRight<() => T>(
      (inner, [parameter, value]) =>
        () =>
          parameter.with(value, inner),
      body,
    );
    return nested();
  }

  /** Runs `body` without changes to states such as moving averages: writes to them are ignored. */
  holdStates<T>(body: () => T): T {
    const states = this.list().filter((parameter) => !parameter.trainable);
    return states.reduceRight<() => T>((inner, state) => () => state.hold(inner), body)();
  }

  dispose(): void {
    for (const parameter of this.parameters.values()) parameter.dispose();
    for (const table of this.embeddings.values()) table.dispose();
    this.parameters.clear();
    this.embeddings.clear();
  }

  private refuseDuplicate(path: string): void {
    if (!this.parameters.has(path) && !this.embeddings.has(path)) return;
    throw new MdctrError('MDCTR_PARAMETER_DUPLICATE', {
      what: `Two parameters of one model have the path "${path}".`,
      hint: 'Give each layer of a backbone, and each parameter of a plugin, a name of its own.',
    });
  }
}

function* drawRows(rows: number, dim: number, initializer: Initializer, random: Random): Generator<Float32Array> {
  const size = chunkRows(dim);
  for (let begin = 0; begin < rows; begin += size) yield initializer([Math.min(size, rows - begin), dim], random);
}
