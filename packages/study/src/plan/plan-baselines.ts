import { findBaseline, type BaselineOptions } from '@mdctr/baselines';
import { firstOf, itemAt } from '@mdctr/base';
import { NO_BACKBONE, type LackingBaseline } from '@mdctr/report';
import { openSearch } from '@mdctr/search';
import { join } from 'node:path';
import type { StudyConfig, StudySetting } from '../config/types.js';
import { folderNames, settingFolders } from './distinct-names.js';
import { foldFolder, placeOf } from './plan-study.js';
import type { BaselineTrial } from './types.js';

/** The name of a baseline in the table. */
export const baselineLabel = ({ name, label }: BaselineOptions): string => label ?? findBaseline(name).label;

/** What this machine lacks for the baselines of a study. */
export async function lackingBaselines({ baselines = [] }: Pick<StudyConfig, 'baselines'>): Promise<LackingBaseline[]> {
  const asked = baselines.map(async (options): Promise<LackingBaseline[]> => {
    const reason = await findBaseline(options.name).lacks?.();
    return reason === undefined ? [] : [{ label: baselineLabel(options), reason }];
  });
  return (await Promise.all(asked)).flat();
}

/**
 * Every baseline in every setting and fold, with every seed; one that no seed changes with the first. Each may try as many sets of
 * options as a network of the setting is tuned over.
 * @param lacking those that this machine lacks something for; they are left out.
 */
export function planBaselines(config: StudyConfig, lacking: readonly LackingBaseline[]): BaselineTrial[] {
  const { settings, baselines = [], seeds } = config;
  const labels = baselines.map(baselineLabel);
  const [folders, before] = [folderNames(labels), settingFolders(settings)];
  const trials = settings.flatMap((setting, s) => {
    const tried = optionsTried(config, setting);
    return baselines.flatMap((baseline, b) => {
      const method = itemAt(labels, b);
      if (lacking.some(({ label }) => label === method)) return [];
      const { seeded } = findBaseline(baseline.name);
      return (seeded ? seeds : [firstOf(seeds)]).map((seed): Omit<BaselineTrial, 'index'> => ({
        ...{ baseline, setting: s, seed, tried, selectBy: setting.search?.metric ?? setting.training.selectBy },
        cell: { ...placeOf(setting), backbone: NO_BACKBONE, method, seed },
        folder: join('baselines', ...itemAt(before, s), itemAt(folders, b), ...foldFolder(setting), `seed-${seed}`),
      }));
    });
  });
  return trials.map((trial, index) => ({ ...trial, index }));
}

/** Points that the method without plugins is tuned over on the first backbone, or the first method where there is none such. */
function optionsTried({ backbones, methods }: StudyConfig, { search, training, embedding }: StudySetting): number {
  if (!search) return 1;
  const { plugins, search: methodSpace = {} } = methods.find((one) => one.plugins.length === 0) ?? firstOf(methods);
  const { label: _, ...backbone } = firstOf(backbones);
  const parts = { training, embedding, backbone, plugins };
  return openSearch(search, { methodSpace, epochs: training.epochs, parts }).candidates.length;
}
