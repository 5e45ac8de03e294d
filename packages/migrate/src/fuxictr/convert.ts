import { existsSync, statSync } from 'node:fs';
import { convertExperiment, type Converted, type FuxictrOptions } from './experiment.js';
import { readExperiment } from './read-experiment.js';
import { convertTuner } from './tuner.js';
import { mapOf, readYaml } from './yaml-file.js';

/**
 * Converts FuxiCTR's config of an experiment into a trial, or that of a tuner into a study with a grid search.
 * @param path folder of `model_config.yaml` and `dataset_config.yaml` (or folders of these names), or the file of a tuner
 * @throws MdctrError MDCTR_CONVERT_FILE, _SYNTAX, _EXPERIMENT, _DATASET, _FORMAT, _MODEL, _DOMAIN, _VALUE, _TUNER
 */
export function convertFuxictr(path: string, options: FuxictrOptions): Converted {
  const isFile = existsSync(path) && statSync(path).isFile();
  if (isFile) return convertTuner(path, mapOf(readYaml(path)), options);
  const draft = convertExperiment(readExperiment(path, options.experiment, options.dataset), options);
  return { kind: 'trial', config: draft.config, report: draft.report };
}
