import { itemAt } from '@mdctr/base';
import type { EncodedData } from '@mdctr/data';
import type { DataFacts, FoldFacts, SettingFacts } from '@mdctr/report';
import { takesLastFold } from '../config/folds.js';
import type { StudyConfig } from '../config/types.js';
import { reportedSplit } from '../plan/reported-split.js';
import { bestPossible, describeData } from './describe-data.js';
import { meanMetrics } from './mean-metrics.js';

/**
 * What results say of each setting. Of rolling splits a setting's facts are those of its last fold, with the rows of each beside them.
 * @param data by place of the setting, a fold being one
 * @param fingerprints of the same data.
 */
export function settingFacts(
  { settings, analyses }: Pick<StudyConfig, 'settings' | 'analyses'>,
  data: readonly EncodedData[],
  fingerprints: readonly string[],
): SettingFacts[] {
  const described = new Map<EncodedData, DataFacts>();
  return settings.flatMap((setting, i): SettingFacts[] => {
    if (!takesLastFold(setting)) return [];
    const encoded = itemAt(data, i);
    const split = reportedSplit(encoded);
    let facts = described.get(encoded);
    if (!facts) {
      const compared = analyses?.overlap !== false;
      facts = { ...describeData(encoded, split, compared), fingerprint: itemAt(fingerprints, i) };
      // The folds of a setting follow one another, and end with this one.
      const { of = 1 } = setting.fold ?? {};
      const places = Array.from({ length: of }, (_, fold) => i - of + 1 + fold);
      if (of > 1) facts = { ...facts, ...ofFolds(places, data, fingerprints) };
      described.set(encoded, facts);
    }
    const { label = '', training } = setting;
    return [{ label, split, selectedOnSplit: split === 'validation' && training.epochs > 1, data: facts }];
  });
}

function ofFolds(
  places: readonly number[],
  data: readonly EncodedData[],
  fingerprints: readonly string[],
): Partial<DataFacts> {
  const folds = places.map((place) => itemAt(data, place));
  const warnings = [...new Set(folds.flatMap((one) => one.warnings ?? []))];
  const best = folds.map((one) => bestPossible(one, reportedSplit(one))).filter((one) => one !== undefined);
  return {
    folds: folds.map((one, i): FoldFacts => ({
      fold: i + 1,
      trainRows: one.splits.train.length,
      evaluationRows: one.splits[reportedSplit(one)].length,
      fingerprint: itemAt(fingerprints, itemAt(places, i)),
    })),
    ...(warnings.length > 0 && { warnings }),
    ...(best.length === folds.length && { bestPossible: meanMetrics(best) }),
  };
}
