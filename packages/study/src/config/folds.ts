import type { ConfigDocument } from '@mdctr/config';
import { foldsOf, type DataOptions } from '@mdctr/data';
import { itemAt } from '@mdctr/base';
import type { StudyConfig, StudySetting } from './types.js';

/**
 * A study with a setting for each fold of its rolling splits, in the place of the setting that has the folds: a fold has data of its
 * own, and searches and budgets of its own, so that the whole procedure is repeated on it. Settings that are split once stay as they are.
 * @param settingDocuments the document of each setting; those of folds are that of their setting.
 */
export function withFolds<Study extends Pick<StudyConfig, 'settings'>>(
  config: Study,
  settingDocuments: readonly ConfigDocument[],
): { readonly config: Study; readonly settingDocuments: readonly ConfigDocument[] } {
  const expanded = config.settings.flatMap((setting, i) =>
    foldsIn(setting).map((one) => ({ setting: one, document: itemAt(settingDocuments, i) })),
  );
  return {
    config: { ...config, settings: expanded.map(({ setting }) => setting) },
    settingDocuments: expanded.map(({ document }) => document),
  };
}

/** The config as it was written: what it takes to run the study again. */
export function withoutFolds(config: StudyConfig): StudyConfig {
  const settings = config.settings.filter(takesLastFold).map((setting): StudySetting => {
    if (!setting.fold) return setting;
    const { fold: _, data, ...rest } = setting;
    return { ...rest, data: { ...data, split: withoutFold(data.split) } };
  });
  return { ...config, settings };
}

/** Whether a setting is the last of its folds, or has no other. */
export const takesLastFold = ({ fold }: Pick<StudySetting, 'fold'>): boolean => !fold || fold.number === fold.of;

function foldsIn(setting: StudySetting): StudySetting[] {
  // A config that is made by hand, as tests make them, may lack the section.
  const split = (setting.data as DataOptions | undefined)?.split;
  const folds = split ? foldsOf(split) : 1;
  if (!split || folds === 1 || ('fold' in split && split.fold !== undefined)) return [setting];
  return Array.from({ length: folds }, (_, i): StudySetting => {
    const fold = { number: i + 1, of: folds };
    return { ...setting, fold, data: { ...setting.data, split: { ...split, fold: fold.number } as typeof split } };
  });
}

function withoutFold(split: DataOptions['split']): DataOptions['split'] {
  if (split.by !== 'time') return split;
  const { fold: _, ...rest } = split;
  return rest;
}
