import { MdctrError } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recipePaths } from '../config.js';
import type { Recipe } from '../recipe.js';

/**
 * How the paths of a recipe lie below a folder: as they are, or without some of the folders that they begin with
 * (whoever has unpacked an archive by hand may name any of these).
 * @returns the path, relative to the folder, of each path of the recipe.
 * @throws MdctrError MDCTR_DATASET_FILES naming what is missing.
 */
export function findFiles(recipe: Recipe, folder: string): (path: string) => string {
  const paths = recipePaths(recipe.data);
  const depth = Math.min(...paths.map((path) => path.split('/').length - 1));
  const below = (skipped: number) => (path: string) => path.split('/').slice(skipped).join('/');
  const missing = Array.from({ length: depth + 1 }, (_, skipped) =>
    paths.filter((path) => !existsSync(join(folder, below(skipped)(path)))),
  );
  const whole = missing.findIndex((names) => names.length === 0);
  if (whole >= 0) return below(whole);
  const fewest = missing.reduce((best, names) => (names.length < best.length ? names : best));
  throw new MdctrError('MDCTR_DATASET_FILES', {
    what: `${folder} lacks files of ${recipe.title}.`,
    expected: some(paths),
    found: `not there: ${some(fewest)}`,
    hint: 'Name the folder that they lie in with --from FOLDER.',
  });
}

/** Whether the files are there. */
export function hasFiles(recipe: Recipe, folder: string): boolean {
  return recipePaths(recipe.data).every((path) => existsSync(join(folder, path)));
}

/** The first of a list. */
const some = (names: readonly string[]): string =>
  [...names.slice(0, 2), ...(names.length > 2 ? [`and ${names.length - 2} more`] : [])].join(', ');
