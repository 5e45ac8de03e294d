import type { PackageRequest } from '@mdctr/config';
import { loadData, type EncodedData } from '@mdctr/data';
import type { MetricValues } from '@mdctr/metrics';
import type { SplitScores } from '@mdctr/training';
import { openTrial } from '../config/open-trial.js';
import type { TrialConfig } from '../config/types.js';
import { runTrial, type TrialContext } from '../trial/run-trial.js';
import { withoutTestRows } from '../tuning/without-test-rows.js';
import type { Measured } from './beats.js';
import type { Draft } from './draft.js';

/** Another seed than that of the proposal. */
const SEED = 11;

/**
 * Measures drafts by a training each; the draft's test rows take no part. Where rows are split by time, a draft is judged as it will
 * be in use: by rows that come later than those that choose its weights, which are the last ones before the test rows (`judgedLater`).
 * Else it is judged by the validation rows. What was measured before is remembered, and so are the rows of the last encoding.
 */
export function trainingMeasure(builtins: readonly PackageRequest[]): (draft: Draft) => Promise<Measured> {
  const known = new Map<string, Measured>();
  let held: { readonly key: string; readonly data: EncodedData } | undefined;
  return async (draft) => {
    const key = JSON.stringify(draft);
    const before = known.get(key);
    if (before) return before;
    const later = isJudgedLater(draft);
    const { config, registry } = await openTrial({ ...(later ? judgedLater(draft) : draft), seed: SEED }, { builtins });
    const ofData = JSON.stringify(draft.data);
    if (held?.key !== ofData) {
      const data = await loadData(config.data);
      held = { key: ofData, data: later ? data : withoutTestRows(data) };
    }
    const found = await measureOne(config, { registry, data: held.data }, later ? 'test' : 'validation');
    known.set(key, found);
    return found;
  };
}

/** Whether rows that come after the validation rows judge a draft. */
export const isJudgedLater = ({ data }: Draft): boolean => data.split.by === 'time';

/** The draft on the fold before its own test rows: the fold's test rows come just before them, and they are in none of its splits. */
const judgedLater = (draft: Draft): Draft => ({
  ...draft,
  data: { ...draft.data, split: { ...draft.data.split, folds: 2, fold: 1 } },
});

async function measureOne(config: TrialConfig, context: TrialContext, split: 'validation' | 'test'): Promise<Measured> {
  let own: SplitScores | undefined;
  const finished = await runTrial(config, context, {
    onScores: (of, scores, variant) => {
      if (of === split && variant === undefined) own = scores;
    },
  });
  finished.assembled.dispose();
  const auc = usefulAuc(finished[split]?.metrics ?? {});
  return { auc, ...(own && { rows: own }), seconds: finished.seconds };
}

/**
 * The AUC of scores that say more than the base rate does: by AUC alone a network that has hardly begun to learn, whose
 * probabilities are all near one half, may look best.
 */
export function usefulAuc(metrics: MetricValues): number | null {
  const { auc, normalizedEntropy } = metrics;
  return typeof normalizedEntropy === 'number' && normalizedEntropy < 1 ? (auc ?? null) : null;
}
