import { Draft, type ReportEntry } from '../conversion-report.js';
import { convertBackbone } from './backbone.js';
import { convertFiles, type Places } from './data-files.js';
import { convertFeatures } from './features.js';
import type { Experiment } from './read-experiment.js';
import { Settings } from './settings.js';
import { convertTraining } from './training.js';
import { accountForRest } from './unused.js';

export interface FuxictrOptions {
  /** Id of the experiment; without it the only one there is. */
  readonly experiment?: string | undefined;
  /** Id of the data set, in place of the experiment's. */
  readonly dataset?: string | undefined;
  /** Fields whose values make up the domain. */
  readonly domain?: readonly string[];
  /** Folder of the data files, whatever the config says. */
  readonly dataFolder?: string | undefined;
  /** Folder of our config, which its paths are relative to. */
  readonly outFolder: string;
}

/** A config of ours, and what became of each key of theirs. */
export interface Converted {
  readonly kind: 'trial' | 'study';
  /** To be written as a config file. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly report: readonly ReportEntry[];
}

/** The trial of an experiment. Keys of its data set go over those of its model, as in FuxiCTR. */
export function convertExperiment(experiment: Experiment, options: FuxictrOptions): Draft {
  const draft = new Draft();
  const settings = new Settings(new Map([...experiment.model, ...experiment.data]));
  const places: Places = {
    configFolder: experiment.folder,
    dataFolder: options.dataFolder,
    outFolder: options.outFolder,
  };
  draft.set('name', experiment.id);
  draft.set('description', `Converted from FuxiCTR: experiment ${experiment.id}, data set ${experiment.dataset}.`);
  // In the order that a config is read in.
  for (const section of ['data', 'embedding', 'backbone']) draft.set(section, {});
  draft.set('plugins', []);
  convertFiles(settings, places, draft);
  convertFeatures(settings, options.domain ?? [], draft);
  convertBackbone(settings, draft);
  convertTraining(settings, draft);
  accountForRest(settings, draft);
  return draft;
}
