import { open, readFile, rename, rm } from 'node:fs/promises';
import { TensorError } from './errors.js';

/** A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/**
 * Writes float32 arrays in the safetensors layout (8 bytes of header length, JSON header, data; little-endian),
 * atomically: a reader sees the old file or the whole new one. Names are written in the order of the map.
 * Format: github.com/huggingface/safetensors
 */
export async function writeSafetensors(
  file: string,
  arrays: ReadonlyMap<string, NamedArray>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, values }] of arrays) {
    header[name] = { dtype: 'F32', shape: [...shape], data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));

  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(Buffer.concat([length, padded]));
    for (const { values } of arrays.values()) {
      await handle.writeFile(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    }
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (cause) {
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw cause;
  }
}

/**
 * Reads a safetensors file of float32 arrays.
 * @throws TensorError MDCTR_WEIGHTS_DAMAGED if the file is cut short, is no safetensors file, or holds another dtype.
 */
export async function readSafetensors(file: string): Promise<Map<string, NamedArray>> {
  const bytes = await readFile(file);
  const damaged = (what: string): TensorError =>
    new TensorError('MDCTR_WEIGHTS_DAMAGED', {
      what: `${file}: ${what}`,
      expected: 'a safetensors file of float32 tensors',
      hint: 'Write the artifact again, or copy it again if it was copied.',
    });
  if (bytes.length < 8) throw damaged(`the file has ${bytes.length} bytes, too few for a header.`);
  const headerEnd = 8 + Number(bytes.readBigUInt64LE(0));
  if (headerEnd > bytes.length)
    throw damaged(`the header ends at byte ${headerEnd}, the file at byte ${bytes.length}.`);
  let header: Record<string, HeaderEntry>;
  try {
    header = JSON.parse(bytes.toString('utf8', 8, headerEnd)) as Record<string, HeaderEntry>;
  } catch (cause) {
    throw damaged(`the header is not JSON (${(cause as Error).message}).`);
  }
  const arrays = new Map<string, NamedArray>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (entry.dtype !== 'F32') throw damaged(`tensor "${name}" has dtype ${entry.dtype}, not F32.`);
    const [begin, end] = entry.data_offsets;
    const size = entry.shape.reduce((product, n) => product * n, 1);
    if (headerEnd + end > bytes.length) throw damaged(`tensor "${name}" ends after the end of the file.`);
    if (end - begin !== size * 4) throw damaged(`tensor "${name}" has ${end - begin} bytes for ${size} elements.`);
    // Copied out, because the data need not lie at a multiple of four bytes.
    const data = bytes.buffer.slice(bytes.byteOffset + headerEnd + begin, bytes.byteOffset + headerEnd + end);
    arrays.set(name, { shape: entry.shape, values: new Float32Array(data as ArrayBuffer) });
  }
  return arrays;
}
