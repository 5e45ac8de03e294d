import { MdctrError } from '@mdctr/base';
import type { EncodedData } from '../encode/encoded-data.js';

/** @throws MdctrError MDCTR_DATA_TRAIN_EMPTY, MDCTR_DATA_ONE_CLASS if nothing can be learned from the training rows. */
export function requireLearnable({ splits, labels }: EncodedData): void {
  const clicks = splits.train.reduce((sum, row) => sum + labels![row]!, 0);
  if (splits.train.length === 0) {
    throw new MdctrError('MDCTR_DATA_TRAIN_EMPTY', {
      what: 'No row is left for training.',
      hint: 'Lower data.split.validation and data.split.test.',
    });
  }
  if (clicks === 0 || clicks === splits.train.length) {
    throw new MdctrError('MDCTR_DATA_ONE_CLASS', {
      what: `All ${splits.train.length} training rows have the label ${clicks === 0 ? 0 : 1}.`,
      expected: 'rows of both labels',
      hint: 'Check data.label and data.split.',
    });
  }
}
