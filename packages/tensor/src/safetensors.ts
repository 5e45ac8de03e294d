import { closeSync, fsync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { MdctrError, writeAtomic } from '@mdctr/base';
import { release } from './state/release.js';

/** @internal A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /**
   * The values in order, portion by portion, where they may be too large to be on the host as a whole. A portion holds until the
   * next one is asked for.
   */
  readonly portions?: (() => Iterable<Float32Array>) | undefined;
}

/** @internal An int32 array with its shape. */
export interface NamedIntegers {
  readonly dtype: 'I32';
  readonly shape: readonly number[];
  readonly values: Int32Array;
  /** As those of a `NamedArray`. */
  readonly portions?: (() => Iterable<Int32Array>) | undefined;
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** Numbers in a portion of an array, 4 MB. */
const PORTION = 1 << 20;
/** Bytes read in one call; the system takes less than 2 GiB at a time. */
const PIECE = 1 << 30;

/** @internal An array that is fetched when it is asked for, by portions or as a whole. */
export function tableArray(shape: readonly number[], portions: () => Iterable<Float32Array>): NamedArray {
  return {
    shape,
    get values() {
      const values = new Float32Array(sizeOf(shape));
      let done = 0;
      for (const portion of portions()) {
        values.set(portion, done);
        done += portion.length;
      }
      return values;
    },
    portions,
  };
}

/** @internal The values of an array, in portions where it has them. */
export function portionsOf<T extends NamedArray | NamedIntegers>(array: T): Iterable<T['values']> {
  return array.portions?.() ?? [array.values];
}

/**
 * Writes float32 and int32 arrays in the safetensors layout (8 bytes of header length, JSON header, data; little-endian),
 * atomically: a reader sees the old file or the whole new one. Names are written in the order of the map; the values of
 * each, or its portions, are asked for once, when they are written, so that a getter can fetch them then.
 * Format: github.com/huggingface/safetensors
 * @internal
 */
export async function writeSafetensors(
  file: string,
  arrays: ReadonlyMap<string, NamedArray | NamedIntegers>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, array] of arrays) {
    const bytes = 4 * sizeOf(array.shape);
    const dtype = 'dtype' in array ? array.dtype : 'F32';
    header[name] = { dtype, shape: [...array.shape], data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));

  await writeAtomic(file, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(Buffer.concat([length, padded]));
      for (const array of arrays.values()) {
        for (const values of portionsOf(array))
          await handle.writeFile(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
      }
      await promisify(fsync)(handle.fd); // handle.sync() is not there under Yarn's Plug'n'Play
    } finally {
      await handle.close();
    }
  });
}

/**
 * Reads a safetensors file of float32 arrays.
 * @throws MdctrError MDCTR_WEIGHTS_DAMAGED if the file is cut short, is no safetensors file, or holds another dtype.
 * @internal
 */
export async function readSafetensors(file: string): Promise<Map<string, NamedArray>> {
  const arrays = await openSafetensors(file);
  return new Map([...arrays].map(([name, { shape, values }]) => [name, { shape, values }]));
}

/**
 * The same without reading the values: each array is read when it is asked for, as a whole or in portions (of whole
 * rows, where it is [n, k]). The file must be there until then.
 * @throws MdctrError MDCTR_WEIGHTS_DAMAGED as `readSafetensors` does.
 * @internal
 */
export async function openSafetensors(file: string): Promise<Map<string, NamedArray>> {
  const arrays = await openMixedSafetensors(file);
  for (const [name, array] of arrays) {
    if ('dtype' in array) throw damaged(file, `tensor "${name}" has dtype ${array.dtype}, not F32.`);
  }
  return arrays as Map<string, NamedArray>;
}

/**
 * The same for a file that may hold int32 arrays as well.
 * @throws MdctrError MDCTR_WEIGHTS_DAMAGED as `readSafetensors` does.
 * @internal
 */
export async function readMixedSafetensors(file: string): Promise<Map<string, NamedArray | NamedIntegers>> {
  const arrays = await openMixedSafetensors(file);
  return new Map(
    [...arrays].map(([name, array]) => {
      const { shape } = array;
      return [name, 'dtype' in array ? { dtype: 'I32', shape, values: array.values } : { shape, values: array.values }];
    }),
  );
}

/**
 * `openSafetensors` for a file that may hold int32 arrays as well.
 * @throws MdctrError MDCTR_WEIGHTS_DAMAGED as `readSafetensors` does.
 * @internal
 */
export async function openMixedSafetensors(file: string): Promise<Map<string, NamedArray | NamedIntegers>> {
  const handle = await open(file, 'r');
  try {
    const { header, headerEnd, size } = await readHeader(handle, file);
    const arrays = new Map<string, NamedArray | NamedIntegers>();
    for (const [name, { dtype, shape, data_offsets: place }] of Object.entries(header)) {
      if (name === '__metadata__') continue;
      if (dtype !== 'F32' && dtype !== 'I32') throw damaged(file, `tensor "${name}" has dtype ${dtype}, not F32.`);
      const [begin, end] = place;
      if (headerEnd + end > size) throw damaged(file, `tensor "${name}" ends after the end of the file.`);
      if (end - begin !== sizeOf(shape) * 4)
        throw damaged(file, `tensor "${name}" has ${end - begin} bytes for ${sizeOf(shape)} elements.`);
      const at = headerEnd + begin;
      if (dtype === 'F32')
        arrays.set(
          name,
          tableArray(shape, () => portionsInFile(file, at, shape)),
        );
      else {
        const integers = (): Int32Array => new Int32Array(readPlace(file, at, end - begin));
        arrays.set(name, {
          dtype,
          shape,
          get values() {
            return integers();
          },
        });
      }
    }
    return arrays;
  } finally {
    await handle.close();
  }
}

/**
 * The metadata of a safetensors file alone; empty where it has none.
 * @throws MdctrError MDCTR_WEIGHTS_DAMAGED if the header cannot be read.
 * @internal
 */
export async function readSafetensorsMetadata(file: string): Promise<Readonly<Record<string, string>>> {
  const handle = await open(file, 'r');
  try {
    const { header } = await readHeader(handle, file);
    return (header['__metadata__'] ?? {}) as unknown as Readonly<Record<string, string>>;
  } finally {
    await handle.close();
  }
}

async function readHeader(
  handle: FileHandle,
  file: string,
): Promise<{ header: Record<string, HeaderEntry>; headerEnd: number; size: number }> {
  const { size } = await handle.stat();
  if (size < 8) throw damaged(file, `the file has ${size} bytes, too few for a header.`);
  const headerEnd = 8 + Number(Buffer.from(await readBytes(handle, 0, 8)).readBigUInt64LE(0));
  if (headerEnd > size) throw damaged(file, `the header ends at byte ${headerEnd}, the file at byte ${size}.`);
  try {
    const text = Buffer.from(await readBytes(handle, 8, headerEnd)).toString('utf8');
    return { header: JSON.parse(text) as Record<string, HeaderEntry>, headerEnd, size };
  } catch (cause) {
    throw damaged(file, `the header is not JSON (${(cause as Error).message}).`);
  }
}

/** Values of a float32 array that begins at a byte of a file; each portion is freed when the next one is asked for. */
function* portionsInFile(file: string, at: number, shape: readonly number[]): Generator<Float32Array> {
  const size = sizeOf(shape);
  const width = shape.length === 2 ? Math.max(1, shape[1]!) : 1;
  const portion = Math.max(1, Math.floor(PORTION / width)) * width;
  for (let done = 0; done < size; done += portion) {
    const values = new Float32Array(readPlace(file, at + 4 * done, 4 * Math.min(portion, size - done)));
    yield values;
    release(values);
  }
}

/** Some bytes of a file; it is opened anew, so that nobody has to close it. */
function readPlace(file: string, begin: number, length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  const descriptor = openSync(file, 'r');
  try {
    for (let done = 0; done < length;) {
      const read = readSync(descriptor, bytes, done, Math.min(PIECE, length - done), begin + done);
      if (read === 0) throw damaged(file, 'it became shorter while it was read.');
      done += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes.buffer;
}

async function readBytes(handle: FileHandle, begin: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(end - begin);
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(PIECE, bytes.length - done);
    const { bytesRead } = await handle.read(bytes, done, length, begin + done);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    done += bytesRead;
  }
  return bytes.buffer;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

function damaged(file: string, what: string): MdctrError {
  return new MdctrError('MDCTR_WEIGHTS_DAMAGED', {
    what: `${file}: ${what}`,
    expected: 'a safetensors file of float32 tensors',
    hint: 'Write the artifact again, or copy it again if it was copied.',
  });
}
