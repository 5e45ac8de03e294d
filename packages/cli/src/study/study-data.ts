import { dataFingerprint, shareData, type EncodedData } from '@mdctr/data';
import { reportedSplit, type OpenedStudy } from '@mdctr/study';
import { openData, type DataFlags } from '../open-data.js';
import type { Progress } from '../progress.js';

/** The encoded data of a study: each data set once, however many settings share it. */
export interface StudyData {
  /** By place of the setting. */
  readonly bySetting: readonly EncodedData[];
  readonly fingerprints: readonly string[];
}

/**
 * Encodes the data of every setting.
 * @throws MdctrError what reading the data throws; MDCTR_STUDY_NO_EVALUATION.
 */
export async function openStudyData(
  { config, settingDocuments }: OpenedStudy,
  flags: DataFlags,
  progress: Progress,
): Promise<StudyData> {
  const opened = new Map<string, { data: EncodedData; fingerprint: string }>();
  const each = [];
  for (const [i, { label, data: options }] of config.settings.entries()) {
    const key = JSON.stringify(options);
    let own = opened.get(key);
    if (!own) {
      const name = label === undefined ? config.name : `${config.name}, ${label}`;
      const data = await openData({ config: { name, data: options }, document: settingDocuments[i]! }, flags, progress);
      reportedSplit(data);
      opened.set(key, (own = { data, fingerprint: dataFingerprint(data) }));
    }
    each.push(own);
  }
  return { bySetting: each.map(({ data }) => data), fingerprints: each.map(({ fingerprint }) => fingerprint) };
}

/** Puts the data where other processes read them; gives the file of each setting. `pathOf` places a file by its name. */
export async function shareStudyData(
  { bySetting }: StudyData,
  pathOf: (name: string) => string,
): Promise<readonly string[]> {
  const files = new Map<EncodedData, string>();
  for (const data of bySetting) {
    if (files.has(data)) continue;
    const file = pathOf(files.size === 0 ? 'data.encoded' : `data-${files.size + 1}.encoded`);
    await shareData(file, data);
    files.set(data, file);
  }
  return bySetting.map((data) => files.get(data)!);
}
