import { MdctrError, getOrThrow } from '@mdctr/base';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** A file of a split. */
interface SplitFile {
  readonly path: string;
  /** 0 training, 1 validation, 2 test. */
  readonly split: number;
  /** Where the path leads, links followed. */
  readonly real: string;
  readonly bytes: number;
}

/**
 * Refuses files that are in two splits: by path, by a link, or as a copy of the same content. Contents are read only of
 * files of equal size. Files that cannot be read are left to their reader.
 * @param splits paths of the training, the validation and the test files.
 * @throws MdctrError MDCTR_DATA_SPLIT.
 */
export async function refuseSharedFiles(splits: readonly (readonly string[])[]): Promise<void> {
  const files = (
    await Promise.all(splits.flatMap((paths, split) => paths.map((path) => splitFile(path, split))))
  ).filter((file) => file !== undefined);
  const sameReal = pairIn(files, ({ real }) => real);
  if (sameReal) throw shared(sameReal, 'the same file');
  const hashes = new Map<string, string>();
  for (const group of bySize(files)) {
    for (const { real } of group) if (!hashes.has(real)) hashes.set(real, await hashOf(real));
  }
  // Empty files have no rows to share.
  const copies = pairIn(
    files.filter(({ bytes, real }) => bytes > 0 && hashes.has(real)),
    ({ real }) => getOrThrow(hashes, real),
  );
  if (copies) throw shared(copies, 'of the same content');
}

async function splitFile(path: string, split: number): Promise<SplitFile | undefined> {
  try {
    return { path, split, real: await realpath(path), bytes: (await stat(path)).size };
  } catch {
    return undefined;
  }
}

/** Two files of different splits with the same key, if there are any. */
function pairIn(
  files: readonly SplitFile[],
  keyOf: (file: SplitFile) => string,
): readonly [SplitFile, SplitFile] | undefined {
  const first = new Map<string, SplitFile>();
  for (const file of files) {
    const twin = first.get(keyOf(file));
    if (twin && twin.split !== file.split) return [twin, file];
    first.set(keyOf(file), file);
  }
  return undefined;
}

/** Groups of files of one size that come in more than one split. */
function bySize(files: readonly SplitFile[]): SplitFile[][] {
  const groups = new Map<number, SplitFile[]>();
  for (const file of files) groups.set(file.bytes, [...(groups.get(file.bytes) ?? []), file]);
  return [...groups.values()].filter((group) => new Set(group.map(({ split }) => split)).size > 1);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const SPLITS = ['training', 'validation', 'test'];

function shared([one, other]: readonly [SplitFile, SplitFile], how: string): MdctrError {
  return new MdctrError('MDCTR_DATA_SPLIT', {
    what:
      one.path === other.path
        ? `${one.path} is in two splits.`
        : `${one.path} and ${other.path} are ${how}, and in two splits.`,
    expected: 'every file in one of training (data.source.files), validation and test',
    found: `${SPLITS[one.split]} and ${SPLITS[other.split]}`,
    hint: 'Take it out of one; a pattern like *.csv takes in all files of a folder.',
  });
}
