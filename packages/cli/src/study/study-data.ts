import { MdctrError, type ConfigDocument } from '@mdctr/core';
import { dataFingerprint, shareData, type EncodedData } from '@mdctr/data';
import { reportedSplit, withoutTestRows, type OpenedStudy, type StudyConfig } from '@mdctr/study';
import { openData, type DataFlags } from '../open-data.js';
import type { Progress } from '../progress.js';
import type { DataFiles } from './messages.js';

/** The encoded data of a study: each data set once, however many settings share it. */
export interface StudyData {
  /** By place of the setting. */
  readonly bySetting: readonly EncodedData[];
  readonly fingerprints: readonly string[];
}

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
    let own = opened.get(key);
    if (!own) {
      const name = label === undefined ? config.name : `${config.name}, ${label}`;
      const data = await openData({ config: { name, data: options }, document: settingDocuments[i]! }, flags, progress);
      reportedSplit(data);
      opened.set(key, (own = { data, fingerprint: dataFingerprint(data) }));
    }
    if (search && own.data.splits.validation.length === 0) throw nothingToJudgeBy(settingDocuments[i]!);
    each.push(own);
  }
  return { bySetting: each.map(({ data }) => data), fingerprints: each.map(({ fingerprint }) => fingerprint) };
}

/**
 * Puts the data where other processes read them, for settings with a search once more without the test rows. `pathOf` places
 * a file by its name.
 */
export async function shareStudyData(
  { bySetting }: StudyData,
  { settings }: Pick<StudyConfig, 'settings'>,
  pathOf: (name: string) => string,
): Promise<DataFiles> {
  const [whole, tuning] = [new Map<EncodedData, string>(), new Map<EncodedData, string>()];
  const share = async (data: EncodedData, kind: 'data' | 'tuning', files: Map<EncodedData, string>): Promise<void> => {
    if (files.has(data)) return;
    const file = pathOf(files.size === 0 ? `${kind}.encoded` : `${kind}-${files.size + 1}.encoded`);
    await shareData(file, kind === 'tuning' ? withoutTestRows(data) : data);
    files.set(data, file);
  };
  for (const [i, data] of bySetting.entries()) {
    await share(data, 'data', whole);
    if (settings[i]!.search) await share(data, 'tuning', tuning);
  }
  return {
    whole: bySetting.map((data) => whole.get(data)!),
    tuning: bySetting.map((data, i) => (settings[i]!.search ? tuning.get(data) : undefined)),
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
