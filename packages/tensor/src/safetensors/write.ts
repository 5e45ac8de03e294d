import { fsync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { writeAtomic } from '@mdctr/base';
import { chunksOf, sizeOf, type NamedArray, type NamedIntegers } from './arrays.js';
import type { HeaderEntry } from './header.js';

/**
 * Writes float32 and int32 arrays in the safetensors layout (8 bytes of header length, JSON header, data; little-endian),
 * atomically: a reader sees the old file or the whole new one. Names are written in the order of the map; the values of
 * each, or its chunks, are asked for once, when they are written, so that a getter can fetch them then.
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
        for (const values of chunksOf(array))
          await handle.writeFile(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
      }
      await promisify(fsync)(handle.fd); // handle.sync() is not there under Yarn's Plug'n'Play
    } finally {
      await handle.close();
    }
  });
}
