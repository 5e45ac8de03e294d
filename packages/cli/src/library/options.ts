import type { PackageRequest } from '@mdctr/config';
import type { UnitClass } from '@mdctr/core';
import type { OpenOptions } from '@mdctr/study';
import { builtinPackages } from '../builtins.js';
import type { DataFlags } from '../data/open-data.js';

/** Options of `train` and `bench` besides the config. */
export interface LibraryOptions {
  /** Decorated classes of backbones and plugins that no package of the config provides. */
  readonly units?: readonly UnitClass[];
  /** Data files that replace those of the config, or a folder that contains the config's files. */
  readonly data?: readonly string[];
  /** Name of one of the config's `datasets`. */
  readonly dataset?: string;
  /** Overrides such as `training.epochs=2`, like `--set` of the command. */
  readonly set?: readonly string[];
  /** If false, encodes the data again and does not store the result. */
  readonly cache?: boolean;
  /** If true, reports progress on stderr. Off by default. */
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
