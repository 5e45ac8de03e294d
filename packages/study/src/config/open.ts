import {
  loadConfig,
  loadNamedPackages,
  loadPackages,
  validateConfig,
  type ConfigDocument,
  type PackageRequest,
} from '@mdctr/config';
import { Registry, type UnitClass } from '@mdctr/core';
import { type ConfigKind, requireKind, unitPlaces } from './kind.js';
import { validateTraining } from './sections.js';
import { studySchema } from './study-schema.js';
import { trialSchema } from './trial-schema.js';
import type { ConfigBase } from './types.js';

/** A config that was read and validated. */
export interface Opened<T> {
  readonly config: T;
  readonly document: ConfigDocument;
  readonly registry: Registry;
  /** What the registry was filled from. */
  readonly packages: readonly PackageRequest[];
}

/** Where units of the calling program come from, in messages. */
export const PROGRAM = '(this program)';

export interface OpenOptions {
  /** Name among the config's `datasets`. */
  readonly dataset?: string | undefined;
  readonly set?: readonly string[];
  /** Packages that every config may use, resolved from the caller's own folder. */
  readonly builtins: readonly PackageRequest[];
  /** Backbones and plugins of the calling program, by their names. */
  readonly units?: readonly UnitClass[];
}

/** A registry with these packages, and those that a config names. */
export async function openRegistry(builtins: readonly PackageRequest[], document?: ConfigDocument): Promise<Registry> {
  const registry = new Registry();
  await loadPackages(registry, builtins);
  if (document) await loadNamedPackages(registry, document, unitPlaces(document));
  return registry;
}

/**
 * Reads and validates a config of one kind: a file, or the config itself.
 * @throws MdctrError, MdctrErrors for what is wrong with the config or with a package that it names.
 */
export async function openConfig<T extends ConfigBase>(
  source: string | object,
  { set, dataset, builtins, units = [] }: OpenOptions,
  kind: ConfigKind,
): Promise<Opened<T>> {
  const written = loadConfig(source, { set: set ?? [], dataset });
  requireKind(written, kind);
  const registry = await openRegistry(builtins);
  for (const unit of units) registry.add(unit, PROGRAM);
  const { document, requests } = await loadNamedPackages(registry, written, unitPlaces(written));
  const packages = [...builtins, ...requests];
  const valid = validateConfig<T>(document, (kind === 'trial' ? trialSchema : studySchema)(registry));
  const config = valid.dataset === undefined ? valid : { ...valid, name: `${valid.name}, ${valid.dataset}` };
  validateTraining(config, document);
  return { config, document, registry, packages };
}
