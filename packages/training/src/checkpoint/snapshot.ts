import { removeAtExit, getOrThrow } from '@mdctr/base';
import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Model } from '@mdctr/core';
import { openSafetensors, chunksOf, tableArray, writeSafetensors, type NamedArray } from '@mdctr/tensor';

/** All of a model's values by path. */
export type ModelArrays = ReadonlyMap<string, NamedArray>;

/** Values that were put aside. */
export interface Snapshot {
  readonly arrays: ModelArrays;
  /** The file that they are in, all of it, as `writeSafetensors` gives it; undefined where they are in memory. */
  readonly file?: string | undefined;
}

/** Bytes that a snapshot may take in memory; larger ones are on disk. */
const IN_MEMORY = 1 << 26;

/** Name of the file in the folder that a training keeps for itself. */
export const SNAPSHOT_FILE = 'best-epoch.safetensors';

/** All of a model's values, fetched when they are read: parameters, states and tables. */
export function arraysOf({ store }: Model): ModelArrays {
  const parameters = store.list().map((parameter) => {
    const { path, shape } = parameter;
    const array: NamedArray = {
      shape,
      get values() {
        return parameter.toHost();
      },
    };
    return [path, array] as const;
  });
  const tables = store.tables().map((table) => {
    return [table.path, tableArray([table.rows, table.dim], () => table.chunks())] as const;
  });
  return new Map([...parameters, ...tables]);
}

/** Puts values into a model, whose they once were. */
export function writeArrays({ store }: Model, arrays: ModelArrays): void {
  for (const parameter of store.list()) parameter.write(getOrThrow(arrays, parameter.path).values);
  for (const table of store.tables()) table.writeChunks(chunksOf(getOrThrow(arrays, table.path)));
}

/**
 * Where a training keeps the values of its best epoch, one set at a time: small ones in memory, large ones in a file, in
 * `folder` or else where the system has temporary files.
 */
export class SnapshotPlace {
  private madeFolder: string | undefined;
  private release: (() => void) | undefined;

  constructor(
    private readonly folder?: string,
    private readonly inMemory = IN_MEMORY,
  ) {}

  /** Puts values aside, in place of those that were there. */
  async take(arrays: ModelArrays): Promise<Snapshot> {
    const sizes = [...arrays.values()].map(({ shape }) => shape.reduce((product, n) => product * n, 4));
    if (sizes.reduce((sum, size) => sum + size, 0) <= this.inMemory) {
      return { arrays: new Map([...arrays].map(([path, { shape, values }]) => [path, { shape, values }])) };
    }
    const folder = this.folder ?? (this.madeFolder ??= await mkdtemp(join(tmpdir(), 'mdctr-')));
    await mkdir(folder, { recursive: true });
    const file = join(folder, SNAPSHOT_FILE);
    this.release ??= removeAtExit(this.madeFolder ?? file);
    await writeSafetensors(file, arrays);
    return { arrays: await openSafetensors(file), file };
  }

  /** Takes the file away; a snapshot in memory stays as it is. */
  async clear(): Promise<void> {
    if (!this.release) return;
    if (this.madeFolder !== undefined) await rm(this.madeFolder, { recursive: true, force: true });
    else {
      await rm(join(this.folder!, SNAPSHOT_FILE), { force: true });
      await rmdir(this.folder!).catch(() => undefined); // where a checkpoint is in it, it stays
    }
    this.release();
    this.release = this.madeFolder = undefined;
  }
}
