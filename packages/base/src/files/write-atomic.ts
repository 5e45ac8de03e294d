import { rmSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const unfinished = new Set<string>();
let watching = false;

/**
 * Removes a file or folder if the process exits before what is returned is called: Ctrl-C leaves nothing half-written. A kill
 * leaves it, under a name that nobody takes for the thing itself.
 */
export function removeAtExit(path: string): () => void {
  if (!watching) process.on('exit', () => unfinished.forEach((one) => rmSync(one, { recursive: true, force: true })));
  watching = true;
  unfinished.add(path);
  return () => void unfinished.delete(path);
}

/**
 * Writes a file so that it appears as a whole or not at all, folders above it included; an older one stays until then.
 * `content`: what is in it, or what writes it to the path that it is given.
 */
export async function writeAtomic(
  path: string,
  content: string | Uint8Array | ((temporary: string) => Promise<void>),
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  const release = removeAtExit(temporary);
  try {
    if (typeof content === 'function') await content(temporary);
    else await writeFile(temporary, content, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    release();
  }
}

/** Writes a value as JSON, indented, so that it appears as a whole or not at all. */
export async function writeJsonAtomic(path: string, value: unknown): Promise<void> {
  await writeAtomic(path, JSON.stringify(value, null, 2));
}
