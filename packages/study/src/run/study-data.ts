import { getOrThrow } from '@mdctr/base';
import { shareData, type EncodedData } from '@mdctr/data';
import type { StudyConfig } from '../config/types.js';
import { withoutTestRows } from '../tuning/without-test-rows.js';

/** The encoded data of a study: each data set once, however many settings share it. */
export interface StudyData {
  /** By place of the setting. */
  readonly bySetting: readonly EncodedData[];
  readonly fingerprints: readonly string[];
  /** Whether a setting has a search, whose trials may not see the test rows; by place of the setting. */
  readonly searched: readonly boolean[];
}

/** Which settings of a study have a search. */
export const searchedSettings = ({ settings }: Pick<StudyConfig, 'settings'>): boolean[] =>
  settings.map(({ search }) => search !== undefined);

/** Files of encoded data, by place of the setting. */
export interface DataFiles {
  readonly whole: readonly string[];
  /** Without the test rows; undefined where a setting has no search. */
  readonly tuning: readonly (string | undefined)[];
}

/**
 * Puts the data where other processes read them, for settings with a search once more without the test rows.
 * @param pathOf places a file by its name.
 */
export async function shareStudyData(
  { bySetting, searched }: StudyData,
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
    if (searched[i]) await share(data, 'tuning', tuning);
  }
  return {
    whole: bySetting.map((data) => getOrThrow(whole, data)),
    tuning: bySetting.map((data, i) => (searched[i] ? tuning.get(data) : undefined)),
  };
}
