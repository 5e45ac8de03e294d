import { MdctrError, nearest, getOrThrow } from '@mdctr/base';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { mapOf, plain, readYaml, type LocatedYaml } from './yaml-file.js';

/** An experiment's keys: those of its model over those of Base, and those of its data set. */
export interface Experiment {
  readonly id: string;
  readonly dataset: string;
  readonly model: ReadonlyMap<string, LocatedYaml>;
  readonly data: ReadonlyMap<string, LocatedYaml>;
  /** Folder of the config files. */
  readonly folder: string;
}

/**
 * Finds an experiment in a folder as FuxiCTR's `load_config` does (fuxictr/utils.py, 2.3.10): `model_config.yaml` or else all of
 * `model_config/`, keys of the experiment over those of `Base`, its `dataset_id` in `dataset_config.yaml` or `dataset_config/`.
 * @param id without it the only experiment there is
 * @param dataset in place of the experiment's `dataset_id`, which templates leave as TBD
 * @throws MdctrError MDCTR_CONVERT_FILE, MDCTR_CONVERT_SYNTAX, MDCTR_CONVERT_EXPERIMENT, MDCTR_CONVERT_DATASET
 */
export function readExperiment(folder: string, id: string | undefined, dataset: string | undefined): Experiment {
  const found = readModel(folder, id);
  const named = dataset ?? String(found.model.get('dataset_id') ? plain(getOrThrow(found.model, 'dataset_id')) : '');
  return { ...found, dataset: named, data: readData(folder, named, found.model.get('dataset_id')), folder };
}

/** The keys of an experiment over those of Base. */
export function readModel(
  folder: string,
  id: string | undefined,
): { id: string; model: ReadonlyMap<string, LocatedYaml> } {
  const experiments = new Map<string, LocatedYaml>();
  for (const file of configFiles(folder, 'model_config'))
    for (const [key, node] of mapOf(readYaml(file))) if (!experiments.has(key)) experiments.set(key, node);
  const base = experiments.get('Base');
  experiments.delete('Base');
  const ids = [...experiments.keys()];
  const chosen = id ?? (ids.length === 1 ? ids[0] : undefined);
  const experiment = chosen === undefined ? undefined : experiments.get(chosen);
  if (!experiment || chosen === undefined) {
    const near = id === undefined ? undefined : nearest(id, ids);
    throw new MdctrError('MDCTR_CONVERT_EXPERIMENT', {
      what: id === undefined ? 'There are several experiments here.' : `There is no experiment "${id}" here.`,
      at: { file: folder },
      expected: ids.length === 0 ? 'at least one experiment' : `one of ${ids.join(', ')}`,
      hint: near ? `Did you mean "${near}"?` : `Add --experiment ${ids[0] ?? 'ID'}.`,
    });
  }
  return { id: chosen, model: new Map([...(base ? mapOf(base) : []), ...mapOf(experiment)]) };
}

/** The keys of a data set. */
export function readData(folder: string, dataset: string, askedFrom?: LocatedYaml): ReadonlyMap<string, LocatedYaml> {
  const sets = new Map<string, LocatedYaml>();
  for (const file of configFiles(folder, 'dataset_config'))
    for (const [key, node] of mapOf(readYaml(file))) if (!sets.has(key)) sets.set(key, node);
  const node = sets.get(dataset);
  if (node) return mapOf(node);
  const near = nearest(dataset, [...sets.keys()]);
  throw new MdctrError('MDCTR_CONVERT_DATASET', {
    what: `There is no data set "${dataset}" in ${folder}.`,
    ...(askedFrom && { at: askedFrom.at }),
    expected: `one of ${[...sets.keys()].join(', ')}`,
    hint: near ? `Did you mean "${near}"? --dataset ${near}` : `Name it: --dataset ${[...sets.keys()][0] ?? 'ID'}`,
  });
}

/** `NAME.yaml` of the folder, or all files of its folder `NAME`. */
function configFiles(folder: string, name: string): readonly string[] {
  const single = join(folder, `${name}.yaml`);
  if (existsSync(single)) return [single];
  const several = join(folder, name);
  const files = existsSync(several) && statSync(several).isDirectory() ? readdirSync(several).sort() : [];
  const configs = files.filter((file) => file.endsWith('.yaml')).map((file) => join(several, file));
  if (configs.length > 0) return configs;
  throw new MdctrError('MDCTR_CONVERT_FILE', {
    what: `There is neither ${single} nor ${name}${'/'}*.yaml beside it.`,
    expected: 'the folder that FuxiCTR takes as --config',
    hint: neighbour(folder) ?? 'Check the path.',
  });
}

/** A folder called config, inside or beside, or one of a similar name. */
function neighbour(folder: string): string | undefined {
  if (existsSync(join(folder, 'config'))) return `Did you mean ${join(folder, 'config')}?`;
  const parent = dirname(folder);
  if (!existsSync(parent) || existsSync(folder)) return undefined;
  const near = nearest(basename(folder), readdirSync(parent));
  return near && `Did you mean ${join(parent, near)}?`;
}
