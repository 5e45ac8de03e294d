import { itemAt } from '@mdctr/base';
import type { DocumentPath } from '@mdctr/config';
import type { SourceLocation } from '@mdctr/base';
import { checkSpace, openSearch, type CheckedSpace, type Search, type SearchOptions } from '@mdctr/search';
import type { StudyConfig, StudyMethod } from '../config/types.js';
import type { PlannedModel, StudyPlan } from '../plan/types.js';

/** The search of one model. */
export interface ModelSearch {
  /** Place of the model in the plan. */
  readonly model: number;
  readonly kind: SearchOptions['kind'];
  /** Validation metric that trials are judged by. */
  readonly metric: string;
  readonly search: Search;
  readonly parts: Pick<PlannedModel, 'training' | 'embedding' | 'backbone' | 'plugins'>;
  /** Below that of the results. */
  readonly folder: string;
}

/** The searches of all models whose setting has one and that have more than one point to try. */
export function openSearches(config: StudyConfig, plan: StudyPlan): ModelSearch[] {
  return plan.models.flatMap((model, place): ModelSearch[] => {
    const { search: options } = itemAt(config.settings, model.setting);
    if (!options) return [];
    const { training, embedding, backbone, plugins, cell, folder } = model;
    const parts = { training, embedding, backbone, plugins };
    const { search: methodSpace = {} } = methodOf(config, cell.method);
    const search = openSearch(options, { methodSpace, epochs: training.epochs, parts });
    if (search.candidates.length < 2) return [];
    const { kind, metric = training.selectBy } = options;
    return [{ model: place, kind, metric, search, parts, folder: folder.replace(/^trials/, 'tuning') }];
  });
}

/**
 * Checks the searches of one setting against the options of every model of it.
 * @param locate the place of a value in the setting's document
 * @returns what each end of a range and each choice makes of each model, to be held against the schemas of its options
 * @throws MdctrError MDCTR_SEARCH_PATH, MDCTR_SEARCH_DIMENSION, MDCTR_SEARCH_GRID.
 */
export function checkSearches(
  config: Pick<StudyConfig, 'backbones' | 'methods'>,
  { search: options, training, embedding }: Pick<StudyConfig['settings'][number], 'search' | 'training' | 'embedding'>,
  locate: (path: DocumentPath) => SourceLocation,
): { readonly parts: ModelSearch['parts']; readonly extremes: CheckedSpace['extremes'] }[] {
  if (!options) return [];
  return config.backbones.flatMap((backbone) =>
    config.methods.map(({ plugins, search: methodSpace = {} }, m) => {
      const parts = { training, embedding, backbone, plugins };
      const source = { locate, ownPlace: ['methods', m, 'search'], parts };
      openSearch(options, { methodSpace, epochs: training.epochs, ...source });
      return { parts, extremes: checkSpace(options, methodSpace, source).extremes };
    }),
  );
}

const methodOf = ({ methods }: StudyConfig, label: string): StudyMethod =>
  methods.find((method) => method.label === label)!;
