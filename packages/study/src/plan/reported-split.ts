import { MdctrError } from '@mdctr/base';
import type { EncodedData } from '@mdctr/data';

/**
 * The split whose metrics a study reports: test where there is one, because validation rows choose the epoch.
 * @throws MdctrError MDCTR_STUDY_NO_EVALUATION.
 */
export function reportedSplit(data: Pick<EncodedData, 'splits'>): 'validation' | 'test' {
  if (data.splits.test.length > 0) return 'test';
  if (data.splits.validation.length > 0) return 'validation';
  throw new MdctrError('MDCTR_STUDY_NO_EVALUATION', {
    what: 'No rows are left to evaluate on.',
    hint: 'Give data.split.validation or data.split.test a share above 0.',
  });
}
