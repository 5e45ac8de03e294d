import { type ConfigDocument } from '@mdctr/config';
import { MdctrError, itemAt } from '@mdctr/base';
import { dataFingerprint, type EncodedData } from '@mdctr/data';
import { reportedSplit, searchedSettings, type OpenedStudy, type StudyData } from '@mdctr/study';
import { openData, type DataFlags } from './open-data.js';
import type { Progress } from '../terminal/progress.js';

/**
 * Encodes the data of every setting.
 * @throws MdctrError what reading the data throws; MDCTR_STUDY_NO_EVALUATION, MDCTR_SEARCH_NO_VALIDATION.
 */
export async function openStudyData(
  { config, settingDocuments }: OpenedStudy,
  flags: DataFlags,
  progress: Progress,
): Promise<StudyData> {
  const opened = new Map<string, { data: EncodedData; fingerprint: string }>();
  const each = [];
  for (const [i, { label, data: options, search }] of config.settings.entries()) {
    const key = JSON.stringify(options);
    let loaded = opened.get(key);
    if (!loaded) {
      const name = label === undefined ? config.name : `${config.name}, ${label}`;
      const data = await openData(
        { config: { name, data: options }, document: itemAt(settingDocuments, i) },
        flags,
        progress,
      );
      reportedSplit(data);
      opened.set(key, (loaded = { data, fingerprint: dataFingerprint(data) }));
    }
    if (search && loaded.data.splits.validation.length === 0) throw nothingToJudgeBy(itemAt(settingDocuments, i));
    each.push(loaded);
  }
  return {
    bySetting: each.map(({ data }) => data),
    fingerprints: each.map(({ fingerprint }) => fingerprint),
    searched: searchedSettings(config),
  };
}

function nothingToJudgeBy(document: ConfigDocument): MdctrError {
  return new MdctrError('MDCTR_SEARCH_NO_VALIDATION', {
    what: 'A search needs validation rows to judge its trials by; there are none.',
    at: document.locate(['search']),
    path: 'search',
    expected: 'data.split.validation above 0',
    hint: 'Give data.split.validation a share above 0, or leave "search" out. Test rows are for the end.',
  });
}
