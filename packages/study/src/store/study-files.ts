import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { REPORT_PAGE } from '@mdctr/report';
import { Checkpoints } from '@mdctr/training';
import { RESULTS_FILES } from './save-results.js';

/** Says which study a folder has. */
export const LOCK = 'study.lock.json';
/** Says which processes work there. */
export const MARK = 'running.json';

const NAMES: readonly string[] = [...RESULTS_FILES, REPORT_PAGE, LOCK, MARK];

/** Encoded data for the processes of the trials, while the study runs: one file for each data set that its settings make. */
const isData = (name: string): boolean => /^(data|tuning)(-\d+)?\.encoded$/.test(name);

const ofTheStudy = (name: string): boolean => NAMES.includes(name) || isData(name);

/** Of a trial that is done. */
export const RESULT = 'result.json';
/** Of one that failed. */
export const FAILURE = 'failure.json';

/** Scores of the reported split, by ascending row; of a variant by its slug. */
export const scoresFile = (variant?: string): string => `scores${variant === undefined ? '' : `.${variant}`}.f32`;

const ofTrial = (name: string): boolean =>
  name === RESULT || name === FAILURE || /^scores(\.[a-z0-9-]+)?\.f32$/.test(name);

/** What a process that was killed in the middle of writing one of these files left beside it. */
const leftover = /\.\d+\.tmp$/;

/** Removes what a study wrote into a folder, and nothing else. */
export async function removeStudy(directory: string): Promise<void> {
  const { folders, partial, files } = await trialsOf(directory);
  for (const path of partial) await new Checkpoints(path.replace(/\.partial$/, '')).remove();
  for (const { path, name } of files) if (ofTrial(name)) await rm(path, { force: true });
  // The deepest first; one with something of the user's in it stays.
  for (const folder of folders.sort((a, b) => b.length - a.length)) await rmdir(folder).catch(() => undefined);
  for (const name of await readdir(directory)) {
    if (ofTheStudy(name) && name !== MARK) await rm(join(directory, name), { force: true });
  }
}

/** Removes the encoded data. */
export async function removeData(directory: string): Promise<void> {
  for (const name of await readdir(directory)) if (isData(name)) await rm(join(directory, name), { force: true });
}

/** Removes what writes that were broken off left. */
export async function removeLeftovers(directory: string): Promise<void> {
  const isWritten = (name: string, isOurs: (name: string) => boolean): boolean =>
    leftover.test(name) && isOurs(name.replace(leftover, ''));
  for (const name of await readdir(directory)) {
    if (isWritten(name, ofTheStudy)) await rm(join(directory, name), { force: true });
  }
  const { files } = await trialsOf(directory);
  for (const { path, name } of files) if (isWritten(name, ofTrial)) await rm(path, { force: true });
}

/** What lies below `trials`, `tuning` and `baselines`: folders, those of checkpoints, and files that lie in no checkpoint. */
async function trialsOf(directory: string): Promise<{
  folders: string[];
  partial: string[];
  files: { path: string; name: string }[];
}> {
  const found = { folders: [] as string[], partial: [] as string[], files: [] as { path: string; name: string }[] };
  const visit = async (folder: string): Promise<void> => {
    found.folders.push(folder);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) found.files.push({ path, name: entry.name });
      else if (entry.name.endsWith('.partial')) found.partial.push(path);
      else await visit(path);
    }
  };
  for (const place of ['trials', 'tuning', 'baselines'].map((name) => join(directory, name))) {
    if (existsSync(place)) await visit(place);
  }
  return found;
}
