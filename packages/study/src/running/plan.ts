import { join } from 'node:path';
import { MdctrError } from '@mdctr/core';
import type { EncodedData } from '@mdctr/data';
import type { CellKey } from '@mdctr/report';
import type { StudyConfig, StudySetting } from '../config.js';
import type { PlannedModel } from '../rehearse.js';

/** One cell of the grid with one seed. */
export interface Cell extends CellKey {
  readonly seed: number;
}

/** A model of the grid, with its labels. */
export interface StudyModel extends PlannedModel {
  readonly cell: CellKey;
  /** Folder of its trials, below that of the results. */
  readonly folder: string;
}

/** A trial of a study, and all that sets it apart from the others. */
export interface PlannedTrial extends PlannedModel {
  /** Its place in the study, from 0. */
  readonly index: number;
  readonly cell: Cell;
  readonly seed: number;
  /** Place of its model in `StudyPlan.models`. */
  readonly model: number;
  /** Its folder, below that of the results. */
  readonly folder: string;
}

/** What a study consists of. */
export interface StudyPlan {
  readonly trials: readonly PlannedTrial[];
  readonly models: readonly StudyModel[];
  /** Label of the method without plugins. */
  readonly baseline: string | null;
}

/** Every setting, backbone, method and seed, in the order of the config. */
export function planStudy({ settings, backbones, methods, seeds }: StudyConfig): StudyPlan {
  const labelled = distinct(backbones.map(({ name, label }) => label ?? name));
  const settingFolders = folderNames(settings.map(({ label = '' }) => label));
  const backboneFolders = folderNames(labelled);
  const methodFolders = folderNames(methods.map(({ label }) => label));
  const models = settings.flatMap((setting, s) =>
    backbones.flatMap(({ label: _, ...backbone }, b) =>
      methods.map(({ plugins, label: method }, m) => ({
        ...{ setting: s, embedding: setting.embedding, training: setting.training, backbone, plugins },
        cell: { ...labelOf(setting), backbone: labelled[b]!, method },
        folder: join(
          'trials',
          ...(setting.label === undefined ? [] : [settingFolders[s]!]),
          backboneFolders[b]!,
          methodFolders[m]!,
        ),
      })),
    ),
  );
  const trials = models.flatMap((own, model) => seeds.map((seed) => trialOf(own, model, seed)));
  return {
    trials: trials.map((trial, index) => ({ ...trial, index })),
    models,
    baseline: methods.find(({ plugins }) => plugins.length === 0)?.label ?? null,
  };
}

/** The plan with other models in the places of its own: their trials are of them. */
export function withModels(plan: StudyPlan, models: readonly StudyModel[]): StudyPlan {
  const trials = plan.trials.map(({ index, model, seed }) => ({ ...trialOf(models[model]!, model, seed), index }));
  return { ...plan, models, trials };
}

function trialOf(own: StudyModel, model: number, seed: number): Omit<PlannedTrial, 'index'> {
  return { ...own, model, seed, cell: { ...own.cell, seed }, folder: join(own.folder, `seed-${seed}`) };
}

const labelOf = ({ label }: StudySetting): { setting?: string } => (label === undefined ? {} : { setting: label });

/**
 * The split whose metrics a study reports: test where there is one, because validation rows choose the epoch.
 * @throws MdctrError MDCTR_STUDY_NO_EVALUATION.
 */
export function reportedSplit(data: Pick<EncodedData, 'splits'>): 'validation' | 'test' {
  if (data.splits.test.length > 0) return 'test';
  if (data.splits.validation.length > 0) return 'validation';
  throw new MdctrError('MDCTR_STUDY_NO_EVALUATION', {
    what: 'No rows are left to evaluate on.',
    hint: 'Give data.split.validation or data.split.test a share above 0.',
  });
}

/** `KuaiRand-Pure, tabs` as `kuairand-pure-tabs`. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Names of folders for labels; two labels never share one. */
function folderNames(labels: readonly string[]): string[] {
  return distinct(
    labels.map((label) => slug(label) || 'unnamed'),
    '-',
  );
}

/** Names that came before get numbers: two entries of one backbone with other options are then told apart. */
function distinct(names: readonly string[], mark = '#'): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let i = 2; taken.has(own); i++) own = `${name}${mark}${i}`;
    taken.add(own);
    return own;
  });
}
