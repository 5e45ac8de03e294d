import { MdctrError, itemAt } from '@mdctr/base';
import type { ConfigDocument } from '@mdctr/config';
import { checkBudget } from '../budget/plan-budgets.js';
import { checkSearchValues } from '../tuning/check-values.js';
import { baselineLabel } from '../plan/plan-baselines.js';
import { checkBackbone, checkPlugins } from './check-units.js';
import { withFolds } from './folds.js';
import { type OpenOptions, type Opened, openConfig } from './open.js';
import { withOwnNetwork } from './own-network.js';
import { openSettings } from './settings.js';
import type { StudyConfig } from './types.js';

/** A study, and for each of its settings, a fold being one, the document that its sections stand in. */
export interface OpenedStudy extends Opened<StudyConfig> {
  readonly settingDocuments: readonly ConfigDocument[];
}

/**
 * Reads and validates a study config: a file, or the config itself.
 * @throws MdctrError, MdctrErrors for what is wrong with the config or with a package that it names; MDCTR_STUDY_LABELS,
 *   MDCTR_STUDY_SETTINGS, MDCTR_ANALYSIS_METHOD, MDCTR_BUDGET_..., MDCTR_SEARCH_...
 */
export async function openStudy(source: string | object, options: OpenOptions): Promise<OpenedStudy> {
  const opened = await openConfig<StudyConfig>(source, options, 'study');
  refuseDuplicateLabels(opened, 'baselines');
  refuseDuplicateLabels(opened, 'methods');
  refuseDuplicateLabels(opened, 'settings');
  opened.config.backbones.forEach((unit, i) => checkBackbone(opened, unit, ['backbones', i]));
  opened.config.methods.forEach(({ plugins }, i) => checkPlugins(opened, plugins, ['methods', i, 'plugins']));
  const { document, registry } = opened;
  const { config: withSettings, settingDocuments } = openSettings(opened);
  const config = withOwnNetwork(withSettings, registry, document);
  for (const [i, setting] of config.settings.entries()) {
    checkSearchValues(config, setting, itemAt(settingDocuments, i), registry);
    checkBudget(config, setting, itemAt(settingDocuments, i));
  }
  return { ...opened, ...withFolds(config, settingDocuments) };
}

function refuseDuplicateLabels(
  { config, document }: Opened<StudyConfig>,
  list: 'baselines' | 'methods' | 'settings',
): void {
  const labels =
    list === 'baselines' ? (config.baselines ?? []).map(baselineLabel) : config[list].map(({ label }) => label);
  const twice = labels.findIndex((label, i) => labels.indexOf(label) < i);
  if (twice < 0) return;
  throw new MdctrError('MDCTR_STUDY_LABELS', {
    what: `Two ${list} have the label "${labels[twice]}".`,
    at: document.locate(list === 'baselines' ? [list, twice] : [list, twice, 'label']),
    path: `${list}[${twice}].label`,
    hint: `Give each of the ${list} a label of its own.`,
  });
}
