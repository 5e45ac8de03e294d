import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  openSafetensors,
  chunksOf,
  readMixedSafetensors,
  readSafetensors,
  tableArray,
  writeSafetensors,
  type NamedArray,
  type NamedIntegers,
} from '../src/index.js';

let dir: string;
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'mdctr-'))));
afterAll(() => rm(dir, { recursive: true, force: true }));

const arrays = new Map([
  ['dnn/deep/0/kernel', { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 4, 5, 6) }],
  ['schedule/step', { shape: [], values: Float32Array.of(0.25) }],
]);

it('gives back what was written, and leaves no other file', async () => {
  const file = join(dir, 'weights.safetensors');
  await writeSafetensors(file, arrays, { format: 'test' });
  expect(await readSafetensors(file)).toEqual(arrays);
  expect(await readdir(dir)).toEqual(['weights.safetensors']);
});

it('holds int32 arrays as well, for those who ask for them', async () => {
  const file = join(dir, 'mixed.safetensors');
  const integers: NamedIntegers = { dtype: 'I32', shape: [3], values: Int32Array.of(1, -2, 2 ** 31 - 1) };
  const mixed = new Map<string, NamedArray | NamedIntegers>([...arrays, ['steps', integers]]);
  await writeSafetensors(file, mixed);
  expect(await readMixedSafetensors(file)).toEqual(mixed);
  await expect(readSafetensors(file)).rejects.toThrow('tensor "steps" has dtype I32');
  await rm(file);
});

it('has the layout of the format: length, JSON header, data', async () => {
  const bytes = await readFile(join(dir, 'weights.safetensors'));
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  expect(header['dnn/deep/0/kernel']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] });
  expect(bytes.readFloatLE(8 + length + 4)).toBe(-2);
  expect(length % 8).toBe(0);
});

it.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 4)],
  ['without a header', () => Buffer.from('abc')],
  ['with a header that is no JSON', (bytes: Buffer) => (bytes.write('x', 8), bytes)],
])('refuses a file %s', async (_name, damage) => {
  const file = join(dir, 'damaged.safetensors');
  await writeFile(file, damage(await readFile(join(dir, 'weights.safetensors'))));
  await expect(readSafetensors(file)).rejects.toThrow('MDCTR_WEIGHTS_DAMAGED');
});

it('writes and reads a table chunk by chunk, whole rows each', async () => {
  const file = join(dir, 'table.safetensors');
  const rows = 2 ** 19;
  const values = Float32Array.from({ length: 3 * rows }, (_, i) => i % 1000);
  const chunks = (): Float32Array[] => [values.subarray(0, 6), values.subarray(6)];
  await writeSafetensors(file, new Map([['table', tableArray([rows, 3], chunks)]]));
  const table = (await openSafetensors(file)).get('table')!;
  const read = Array.from(chunksOf(table), (part) => part.slice());
  expect(read.length).toBeGreaterThan(1);
  expect(read.every(({ length }) => length % 3 === 0)).toBe(true);
  expect(Buffer.concat(read.map((part) => Buffer.from(part.buffer))).equals(Buffer.from(values.buffer))).toBe(true);
  expect(Buffer.from(table.values.buffer).equals(Buffer.from(values.buffer))).toBe(true);
});
