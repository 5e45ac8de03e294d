import type { PackageRequest } from '@mdctr/config';
import { loadData, type EncodedData } from '@mdctr/data';
import type { MetricValues } from '@mdctr/metrics';
import { openTrial } from '../config/open-trial.js';
import type { TrialConfig } from '../config/types.js';
import { runTrial, type TrialContext } from '../trial/run-trial.js';
import { withoutTestRows } from '../tuning/without-test-rows.js';
import type { Draft } from './draft.js';
import type { Measured } from './try-out.js';

/** Another seed than that of the proposal. */
const SEED = 11;

/**
 * Measures drafts by a training each. The test rows are not looked at: their labels are gone. What was measured before is
 * remembered, and so are the rows of the last encoding.
 */
export function trainingMeasure(builtins: readonly PackageRequest[]): (draft: Draft) => Promise<Measured> {
  const known = new Map<string, Measured>();
  let held: { readonly key: string; readonly data: EncodedData } | undefined;
  return async (draft) => {
    const key = JSON.stringify(draft);
    const before = known.get(key);
    if (before) return before;
    const { config, registry } = await openTrial({ ...draft, seed: SEED }, { builtins });
    const ofData = JSON.stringify(draft.data);
    if (held?.key !== ofData) held = { key: ofData, data: withoutTestRows(await loadData(config.data)) };
    const found = await measureOne(config, { registry, data: held.data });
    known.set(key, found);
    return found;
  };
}

async function measureOne(config: TrialConfig, context: TrialContext): Promise<Measured> {
  const { assembled, validation, seconds } = await runTrial(config, context);
  assembled.dispose();
  return { auc: validation ? usefulAuc(validation.metrics) : null, seconds };
}

/**
 * The AUC of scores that say more than the base rate does: by AUC alone a network that has hardly begun to learn, whose
 * probabilities are all near one half, may look best.
 */
export function usefulAuc(metrics: MetricValues): number | null {
  const { auc, normalizedEntropy } = metrics;
  return typeof normalizedEntropy === 'number' && normalizedEntropy < 1 ? (auc ?? null) : null;
}
