import { MdctrError } from '@mdctr/base';
import type { EncodedData } from '@mdctr/data';
import type { Baseline, BaselineFit, BaselineInput } from './baseline.js';
import { BASELINES } from './list.js';
import type { BaselineOptions } from './options.js';
import { withoutTestLabels } from './without-test-labels.js';

/** What a baseline is fitted to, before its labels are looked at. */
export type FitRequest = Omit<BaselineInput, 'data'> & { readonly data: EncodedData };

/** The baseline of a name. @throws RangeError for a name that the schema of configs would have refused. */
export function findBaseline(name: string): Baseline {
  const baseline = BASELINES.find((one) => one.name === name);
  if (!baseline) throw new RangeError(`There is no baseline "${name}".`);
  return baseline;
}

/**
 * Fits a baseline of a config; it is given no label of a test row.
 * @throws MdctrError what the baseline throws; MDCTR_BASELINE_SCORE where a score is no number from 0 to 1.
 */
export async function fitBaseline(
  { name, label: _, ...options }: BaselineOptions,
  request: FitRequest,
): Promise<BaselineFit> {
  const fit = await findBaseline(name).fit({ ...request, data: withoutTestLabels(request.data) }, options);
  for (const scores of Object.values(fit.scores) as Float32Array[]) {
    const wrong = scores.find((score) => !(score >= 0 && score <= 1));
    if (wrong === undefined) continue;
    throw new MdctrError('MDCTR_BASELINE_SCORE', {
      what: `The baseline "${name}" gives a row a score that is no probability.`,
      expected: 'a number from 0 to 1',
      found: String(wrong),
      hint: 'This is a mistake of the baseline, not of your data: please report it.',
    });
  }
  return fit;
}
