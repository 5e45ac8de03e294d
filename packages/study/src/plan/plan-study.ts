import { itemAt } from '@mdctr/base';
import { join } from 'node:path';
import type { StudyConfig, StudySetting } from '../config/types.js';
import { distinct, folderNames, settingFolders } from './distinct-names.js';
import type { PlannedModel, PlannedTrial, StudyPlan } from './types.js';

/** Every setting, fold, backbone, method and seed, in the order of the config. */
export function planStudy({ settings, backbones, methods, seeds }: StudyConfig): StudyPlan {
  const labelled = distinct(backbones.map(({ name, label }) => label ?? name));
  const folders = settingFolders(settings);
  const backboneFolders = folderNames(labelled);
  const methodFolders = folderNames(methods.map(({ label }) => label));
  const models = settings.flatMap((setting, s) =>
    backbones.flatMap(({ label: _, ...backbone }, b) =>
      methods.map(({ plugins, label: method }, m) => ({
        ...{ setting: s, embedding: setting.embedding, training: setting.training, backbone, plugins },
        cell: { ...placeOf(setting), backbone: itemAt(labelled, b), method },
        folder: join(
          'trials',
          ...itemAt(folders, s),
          itemAt(backboneFolders, b),
          itemAt(methodFolders, m),
          ...foldFolder(setting),
        ),
      })),
    ),
  );
  const trials = models.flatMap((model, place) => seeds.map((seed) => trialOf(model, place, seed)));
  return {
    trials: trials.map((trial, index) => ({ ...trial, index })),
    models,
    baseline: methods.find(({ plugins }) => plugins.length === 0)?.label ?? null,
  };
}

/** The plan with other models in the places of its own: their trials are of them. */
export function withModels(plan: StudyPlan, models: readonly PlannedModel[]): StudyPlan {
  const trials = plan.trials.map(({ index, model, seed }) => ({
    ...trialOf(itemAt(models, model), model, seed),
    index,
  }));
  return { ...plan, models, trials };
}

function trialOf(model: PlannedModel, place: number, seed: number): Omit<PlannedTrial, 'index'> {
  return { ...model, model: place, seed, cell: { ...model.cell, seed }, folder: join(model.folder, `seed-${seed}`) };
}

/** What a setting adds to the labels of its trials. */
export const placeOf = ({ label, fold }: StudySetting): { setting?: string; fold?: number } => ({
  ...(label !== undefined && { setting: label }),
  ...(fold && { fold: fold.number }),
});

/** The folder of a fold's trials, as a part of a path. */
export const foldFolder = ({ fold }: StudySetting): string[] => (fold ? [`fold-${fold.number}`] : []);
