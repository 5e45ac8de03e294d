import { validateConfig, type ConfigDocument } from '@mdctr/config';
import { MdctrError, itemAt } from '@mdctr/base';
import type { Opened } from './open.js';
import { validateTraining } from './sections.js';
import { studySchema } from './study-schema.js';
import type { StudyConfig, StudySetting } from './types.js';

/** Sections of a study that its settings may change. */
const SECTIONS = ['data', 'embedding', 'training', 'search', 'budget'] as const;

/**
 * Lays the sections of every setting over the study's own and checks what comes of it; a study without settings is its only
 * one.
 * @throws MdctrErrors for what is wrong with them, each at its place in the file; MdctrError MDCTR_STUDY_SETTINGS.
 */
export function openSettings({ config, document, registry }: Opened<StudyConfig>): {
  config: StudyConfig;
  settingDocuments: ConfigDocument[];
} {
  if (config.settings.length === 0) {
    return { config: { ...config, settings: [sectionsOf(config)] }, settingDocuments: [document] };
  }
  const schema = studySchema(registry);
  const settingDocuments = config.settings.map((_, i) => document.laidOver(['settings', i], SECTIONS));
  const settings = settingDocuments.map((settingDocument, i): StudySetting => {
    const sections = sectionsOf(validateConfig<StudyConfig>(settingDocument, schema));
    validateTraining(sections, settingDocument);
    return { label: itemAt(config.settings, i).label!, ...sections };
  });
  settings.forEach(({ training: { precision } }, i) => {
    if (precision !== config.training.precision) throw otherPrecision(document, i, config.training.precision);
  });
  return { config: { ...config, settings }, settingDocuments };
}

function sectionsOf({ data, embedding, training, search, budget }: StudyConfig): StudySetting {
  return { data, embedding, training, ...(search && { search }), ...(budget && { budget }) };
}

/** Processes that run trials compute in one way from their start to their end. */
function otherPrecision(document: ConfigDocument, setting: number, expected: string): MdctrError {
  const path = ['settings', setting, 'training', 'precision'];
  return new MdctrError('MDCTR_STUDY_SETTINGS', {
    what: 'A setting has another precision than the study.',
    at: document.locate(path),
    path: `settings[${setting}].training.precision`,
    expected: `${expected}, as in the study`,
    hint: 'Make two studies of it: the precision is that of a process, and trials of all settings share processes.',
  });
}
