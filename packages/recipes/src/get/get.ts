import { MdctrError, writeAtomic } from '@mdctr/base';
import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { recipeConfig } from '../config.js';
import type { Download, Recipe } from '../recipe.js';
import { verify } from './checksum.js';
import { download, type DownloadOptions } from './download.js';
import { findFiles, hasFiles } from './find-files.js';
import { readLock, writeLock, type LockEntry } from './lock.js';
import { isArchive, unpack } from './unpack.js';

export interface GetOptions extends DownloadOptions {
  /** Folder of the data set. */
  readonly out: string;
  /** An archive, a file or a folder of this machine instead of a download. */
  readonly from?: string | undefined;
  /** Names of the plugins that the config compares. */
  readonly plugins: readonly string[];
  /** What happens, line by line. */
  readonly say?: (line: string) => void;
}

/**
 * Brings a data set into a folder, and writes the config `study.json` beside it, unless there is one. What is there
 * already is checked and not fetched again.
 * @returns the path of the config.
 * @throws MdctrError MDCTR_DATASET_BY_HAND, MDCTR_DATASET_FILES, MDCTR_DOWNLOAD_..., MDCTR_ARCHIVE_DAMAGED.
 */
export async function getDataset(
  recipe: Recipe,
  { out, from, plugins, say = () => {}, ...options }: GetOptions,
): Promise<string> {
  if (from !== undefined && !existsSync(from)) {
    throw new MdctrError('MDCTR_DATASET_FILES', {
      what: `${from} is not there.`,
      hint: 'Check the path after --from.',
    });
  }
  const byHand = recipe.downloads.length === 0 && from === undefined && !hasFiles(recipe, out);
  if (byHand) throw onlyByHand(recipe);
  await mkdir(out, { recursive: true });
  if (from !== undefined && statSync(from).isDirectory()) {
    const place = findFiles(recipe, from);
    const beside = relative(resolve(out), resolve(from));
    return writeConfig(recipe, out, plugins, (path) => portable(join(beside, place(path))));
  }
  if (from !== undefined) {
    await take(recipe, from, out);
    say(`taken from ${from}`);
  } else if (hasFiles(recipe, out)) say(`the files are in ${out} already`);
  else for (const file of recipe.downloads) await fetchFile(file, out, say, options);
  return writeConfig(recipe, out, plugins, findFiles(recipe, out));
}

/** Downloads and checks one file, and unpacks it if it is an archive. */
async function fetchFile(
  file: Download,
  out: string,
  say: (line: string) => void,
  options: DownloadOptions,
): Promise<void> {
  const name = basename(new URL(file.url).pathname);
  const path = join(out, name);
  const lock = await readLock(out);
  let entry: LockEntry;
  if (existsSync(path)) {
    entry = await verify(path, file, lock[name], false);
    say(`${name} is there already`);
  } else {
    await download(file.url, `${path}.part`, options);
    entry = await verify(`${path}.part`, file, lock[name], true);
    await rename(`${path}.part`, path);
  }
  say(
    `${name}: ${entry.bytes} bytes, ${
      entry.published === null
        ? `sha256 ${entry.sha256}, first seen on ${entry.firstSeen} (the publisher gives no checksum)`
        : `${entry.published.replace(':', ' ')}, as published`
    }`,
  );
  if (isArchive(name)) {
    await unpack(path, out);
    say(`${name} unpacked`);
  }
  // What cannot be unpacked is not worth holding the server to.
  await writeLock(out, { ...lock, [name]: entry });
}

async function take(recipe: Recipe, from: string, out: string): Promise<void> {
  if (isArchive(from)) {
    await unpack(from, out);
    return;
  }
  const target = join(out, basename(from));
  if (resolve(target) === resolve(from)) return;
  await writeAtomic(target, (temporary) => copyFile(from, temporary));
}

async function writeConfig(
  recipe: Recipe,
  out: string,
  plugins: readonly string[],
  place: (path: string) => string,
): Promise<string> {
  const path = join(out, 'study.json');
  if (existsSync(path)) return path;
  await writeAtomic(path, `${JSON.stringify(recipeConfig(recipe, { kind: 'study', plugins, place }), null, 2)}\n`);
  return path;
}

const portable = (path: string): string => path.replaceAll('\\', '/');

function onlyByHand({ name, title, home, byHand, licence }: Recipe): MdctrError {
  return new MdctrError('MDCTR_DATASET_BY_HAND', {
    what: `${title} cannot be downloaded without an account (${licence}).`,
    at: { file: home },
    hint: `${byHand ?? ''} Then: npx mdctr data get ${name} --from FILE_OR_FOLDER`.trim(),
  });
}
