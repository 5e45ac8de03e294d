import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MdctrError } from '@mdctr/base';
import type { Files } from './templates.js';

/**
 * Writes files into a folder that is not there yet, or is empty: all of them or none.
 * @throws MdctrError MDCTR_NEW_FOLDER: nothing that exists is ever written over.
 */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  const there = existsSync(folder);
  if (there) refuseUnlessEmpty(folder);
  await inTemporary(there ? folder : dirname(folder), async (temporary) => {
    await writeAll(temporary, files);
    if (!there) await rename(temporary, folder);
    else await moveUp(temporary, folder);
  });
}

/**
 * Writes files beside others: all of them or none.
 * @throws MdctrError MDCTR_NEW_FOLDER if one of that name is there.
 */
export async function writeBeside(folder: string, files: Files): Promise<void> {
  const taken = Object.keys(files).find((name) => existsSync(join(folder, name)));
  if (taken !== undefined) {
    throw new MdctrError('MDCTR_NEW_FOLDER', {
      what: `There is a ${taken} already, and nothing is written over.`,
      at: { file: join(folder, taken) },
      hint: 'Take another name, or another folder with --out.',
    });
  }
  await inTemporary(folder, async (temporary) => {
    await writeAll(temporary, files);
    await moveUp(temporary, folder);
  });
}

function refuseUnlessEmpty(folder: string): void {
  const isFolder = statSync(folder).isDirectory();
  const inside = isFolder ? readdirSync(folder) : [];
  if (isFolder && inside.length === 0) return;
  const more = inside.length > 3 ? `, and ${inside.length - 3} more` : '';
  throw new MdctrError('MDCTR_NEW_FOLDER', {
    what: isFolder ? 'The folder is not empty, and nothing is written over.' : 'There is a file of this name.',
    at: { file: folder },
    ...(isFolder && { found: inside.sort().slice(0, 3).join(', ') + more }),
    hint: 'Name another folder with --out, or empty this one.',
  });
}

/** Runs `body` with a new folder below `parent`; on an error that folder goes, and so do those above it that were made. */
async function inTemporary(parent: string, body: (temporary: string) => Promise<void>): Promise<void> {
  const madeParent = await mkdir(parent, { recursive: true });
  let temporary: string | undefined;
  const remove = (): void => void (temporary && rmSync(temporary, { recursive: true, force: true }));
  process.on('exit', remove);
  try {
    temporary = await mkdtemp(join(parent, '.mdctr-new-'));
    await chmod(temporary, 0o777 & ~process.umask()); // as a folder made by hand; mkdtemp's is its owner's alone
    await body(temporary);
  } catch (error) {
    if (madeParent !== undefined) await rm(madeParent, { recursive: true, force: true });
    throw error;
  } finally {
    remove();
    process.off('exit', remove);
  }
}

async function writeAll(folder: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function moveUp(from: string, to: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of readdirSync(from)) {
      await rename(join(from, name), join(to, name));
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await rm(join(to, name), { recursive: true, force: true });
    throw error;
  }
}
