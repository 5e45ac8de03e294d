import type { PackageRequest } from '@mdctr/config';
import type { UnitClass } from '@mdctr/core';
import type { OpenOptions } from '@mdctr/study';
import { builtinPackages } from '../builtins.js';
import type { DataFlags } from '../data/open-data.js';

/** What scripts may say besides the config. */
export interface LibraryOptions {
  /** Backbones and plugins of the script's own: decorated classes. Those of packages are named in the config. */
  readonly units?: readonly UnitClass[];
  /** Data files in place of those of the config, or one folder that they lie in. */
  readonly data?: readonly string[];
  /** Which of the config's `datasets`. */
  readonly dataset?: string;
  /** Overrides like `training.epochs=2`, as the command's `--set`. */
  readonly set?: readonly string[];
  /** False: encode the data anew, and keep nothing. */
  readonly cache?: boolean;
  /** Say on stderr what goes on. Off by default. */
  readonly progress?: boolean;
}

export const openOptions = ({ units = [], set = [], dataset }: LibraryOptions): OpenOptions => ({
  builtins: builtinPackages() satisfies PackageRequest[],
  units,
  set,
  dataset,
});

export const dataFlags = ({ data = [], dataset, cache = true }: LibraryOptions): DataFlags => ({
  ...(dataset !== undefined && { dataset }),
  data,
  cache,
});
