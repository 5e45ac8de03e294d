import { open } from 'node:fs/promises';
import { CHUNK } from '../state/chunks.js';
import { release } from '../state/release.js';
import { sizeOf, tableArray, type NamedArray, type NamedIntegers } from './arrays.js';
import { damaged } from './damaged.js';
import { readHeader } from './header.js';
import { readPlace } from './read-bytes.js';

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
 * The same without reading the values: each array is read when it is asked for, as a whole or in chunks (of whole
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
          tableArray(shape, () => chunksInFile(file, at, shape)),
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

/** Values of a float32 array that begins at a byte of a file; each chunk is freed when the next one is asked for. */
function* chunksInFile(file: string, at: number, shape: readonly number[]): Generator<Float32Array> {
  const size = sizeOf(shape);
  const width = shape.length === 2 ? Math.max(1, shape[1]!) : 1;
  const chunk = Math.max(1, Math.floor(CHUNK / width)) * width;
  for (let done = 0; done < size; done += chunk) {
    const values = new Float32Array(readPlace(file, at + 4 * done, 4 * Math.min(chunk, size - done)));
    yield values;
    release(values);
  }
}
