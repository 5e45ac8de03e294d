import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chunksOf, type NamedArray } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import { newProgress, type TrainingState } from '../src/checkpoint/training-state.js';
import { Checkpoints } from '../src/index.js';
import { SNAPSHOT_FILE, SnapshotPlace } from '../src/checkpoint/snapshot.js';

const arraysOf = (first: number): Map<string, NamedArray> =>
  new Map([
    ['w', { shape: [2], values: Float32Array.of(first, 2) }],
    ['embedding', { shape: [3, 2], values: Float32Array.of(first, 1, 2, 3, 4, 5) }],
  ]);
const valuesOf = (arrays: ReadonlyMap<string, NamedArray>): unknown =>
  [...arrays].map(([path, { shape, values }]) => [path, shape, [...values]]);
const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'mdctr-')), 'partial');

describe('a snapshot', () => {
  it('in memory is a copy', async () => {
    const arrays = arraysOf(1);
    const { arrays: kept, file } = await new SnapshotPlace(newFolder()).take(arrays);
    expect(file).toBeUndefined();
    expect(valuesOf(kept)).toEqual(valuesOf(arrays));
  });

  it.each(['a folder', 'no folder'])('on disk, given %s, gives its values back until it is cleared', async (given) => {
    const folder = given === 'a folder' ? newFolder() : undefined;
    const place = new SnapshotPlace(folder, 0);
    await place.take(arraysOf(1));
    const { arrays, file } = await place.take(arraysOf(7));
    expect(valuesOf(arrays)).toEqual(valuesOf(arraysOf(7)));
    expect(Array.from(chunksOf(arrays.get('embedding')!), (part) => [...part])).toEqual([[7, 1, 2, 3, 4, 5]]);
    await place.clear();
    expect(existsSync(file!)).toBe(false);
    if (folder !== undefined) expect(existsSync(folder)).toBe(false);
  });

  it('that a checkpoint has stays in it when another takes its place', async () => {
    const checkpoints = new Checkpoints(newFolder());
    const place = new SnapshotPlace(checkpoints.directory, 0);
    const state: TrainingState = {
      progress: newProgress(),
      streams: {},
      optimizer: { step: 0, updates: {} },
      model: arraysOf(3),
      optimizerArrays: new Map(),
      best: await place.take(arraysOf(1)),
      average: undefined,
    };
    await checkpoints.write(state, {});
    await place.take(arraysOf(2));
    const read = await checkpoints.read({});
    expect(valuesOf(read!.best!.arrays)).toEqual(valuesOf(arraysOf(1)));
    expect(valuesOf(read!.model)).toEqual(valuesOf(arraysOf(3)));
    expect(readdirSync(checkpoints.directory)).toContain(SNAPSHOT_FILE);
    await place.clear();
    expect(readdirSync(checkpoints.directory)).toHaveLength(1);
    await checkpoints.remove();
    expect(existsSync(checkpoints.directory)).toBe(false);
  });
});
