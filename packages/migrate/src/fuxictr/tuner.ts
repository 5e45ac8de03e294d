import { MdctrError, firstOf, getOrThrow } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ReportEntry } from '../conversion-report.js';
import { convertExperiment, type Converted, type FuxictrOptions } from './experiment.js';
import { readData, readModel, type Experiment } from './read-experiment.js';
import { mapOf, plain, type LocatedYaml } from './yaml-file.js';

/** Sections that a grid can search over. */
const SEARCHABLE = /^(training|embedding|backbone)\./;

/**
 * A study with a grid search from the file of FuxiCTR's autotuner: single values of `tuner_space` go over those of the base
 * experiment, lists become dimensions of the grid, several seeds the study's seeds.
 * Source: fuxictr/autotuner.py, enumerate_params, 2.3.10.
 */
export function convertTuner(
  file: string,
  tuner: ReadonlyMap<string, LocatedYaml>,
  options: FuxictrOptions,
): Converted {
  const { experiment, folder } = baseOf(file, tuner, options);
  const [base, lists] = [new Map(experiment.model), new Map<string, readonly LocatedYaml[]>()];
  for (const [key, node] of mapOf(getOrThrow(tuner, 'tuner_space'))) {
    const values = Array.isArray(node.value) ? (node.value as readonly LocatedYaml[]) : [node];
    base.set(key, { at: node.at, value: values[0]?.value ?? null });
    if (values.length > 1) lists.set(key, values);
  }
  const data = new Map([...experiment.data].map(([key, node]) => [key, base.get(key) ?? node]));
  const convertWith = (key?: string, value?: LocatedYaml) => {
    const model = new Map(base);
    const dataset = new Map(data);
    if (key !== undefined && value) (dataset.has(key) ? dataset : model).set(key, { ...value });
    return convertExperiment({ ...experiment, model, data: dataset, folder }, options);
  };
  const draft = convertWith();
  const { report } = draft;
  const space: Record<string, { values: unknown[] }> = {};
  let seeds: unknown[] = [draft.config.seed ?? 1];
  let trials = 1;
  for (const [key, nodes] of lists) {
    const index = report.findIndex((entry) => entry.key === key);
    const entry = report[index];
    const to = entry?.to;
    const at = firstOf(nodes).at;
    if (entry && to === 'seed') {
      seeds = nodes.map(plain);
      report[index] = { ...entry, to: 'seeds', why: 'Every seed is a trial of its own there too.' };
    } else if (entry && to !== undefined && SEARCHABLE.test(to)) {
      const values = distinct(nodes.map((node) => convertWith(key, node).get(to)));
      space[to] = { values };
      trials *= values.length;
      report[index] = {
        ...entry,
        to: `search.space`,
        why: [`Dimension ${to}.`, entry.why].filter(Boolean).join(' '),
      };
    } else {
      const why = `Not searched over: ${entry?.verdict === 'leftOut' ? entry.why : 'training, embedding and backbone are.'} The first value is taken.`;
      const line: ReportEntry = { verdict: 'changed', key, at, ...(to !== undefined && { to }), why };
      if (index >= 0) report[index] = line;
      else report.push(line);
    }
  }
  for (const [key, node] of tuner) if (key !== 'tuner_space') report.push(rootKey(key, node));
  const { backbone, plugins: _plugins, seed: _seed, ...rest } = draft.config;
  void [_plugins, _seed];
  const search = Object.keys(space).length > 0 && { search: { kind: 'grid', trials, space } };
  const config = { ...rest, backbones: [backbone], methods: [{ label: 'plain' }], ...search, seeds };
  return { kind: 'study', config, report: report.map(asStudyEntry) };
}

/** Paths of a trial's backbone are those of the study's only one. */
const asStudyEntry = (entry: ReportEntry): ReportEntry =>
  entry.to?.startsWith('backbone.') ? { ...entry, to: entry.to.replace('backbone', 'backbones[0]') } : entry;

const distinct = (values: readonly unknown[]): unknown[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

function rootKey(key: string, { at }: LocatedYaml): ReportEntry {
  const known = ['base_config', 'base_expid', 'dataset_id', 'model_config', 'dataset_config'].includes(key);
  const why = known ? 'The experiment that the space is laid over.' : 'Not read there either.';
  return { verdict: known ? 'kept' : 'leftOut', key, at, why };
}

/** The experiment that a tuner starts from: in other files, or in its own. */
function baseOf(
  file: string,
  tuner: ReadonlyMap<string, LocatedYaml>,
  options: FuxictrOptions,
): { experiment: Experiment; folder: string } {
  const [space, id] = [tuner.get('tuner_space'), tuner.get('base_expid')];
  if (!space || !id)
    throw new MdctrError('MDCTR_CONVERT_TUNER', {
      what: `${file} is no config of FuxiCTR's tuner.`,
      at: { file, line: 1 },
      expected: 'tuner_space and base_expid',
      hint: 'For an experiment name the folder of its config files, and --experiment.',
    });
  const experimentId = options.experiment ?? String(plain(id));
  const folder = baseFolder(file, tuner.get('base_config'));
  const inline = tuner.get('model_config') && mapOf(getOrThrow(tuner, 'model_config')).get(experimentId);
  const model = inline ? mapOf(inline) : readModel(folder, experimentId).model;
  const named = tuner.get('dataset_id') ?? model.get('dataset_id');
  const dataset = options.dataset ?? String(named ? plain(named) : '');
  const inlineData = tuner.get('dataset_config') && mapOf(getOrThrow(tuner, 'dataset_config')).get(dataset);
  const data = inlineData ? mapOf(inlineData) : readData(folder, dataset, named);
  return { experiment: { id: experimentId, dataset, model, data, folder }, folder };
}

/** `base_config` is relative to the folder that the tuner runs in: as a rule the file's own, or the one above. */
function baseFolder(file: string, setting: LocatedYaml | undefined): string {
  const tunerFolder = dirname(resolve(file));
  if (!setting) return tunerFolder;
  const places = [tunerFolder, dirname(tunerFolder), resolve('')].map((folder) => join(folder, String(plain(setting))));
  return places.find((place) => existsSync(place)) ?? firstOf(places);
}
