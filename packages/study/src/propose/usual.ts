import { withEmbeddingL2, withTraining, type Draft, type DraftFacts } from './draft.js';
import { idEncodings } from './id-encodings.js';

/** Decay of the average that a proposal takes: weights of about the last hundred steps. */
const AVERAGE = { kind: 'ema', decay: 0.99 };

/** Strength of L2 by frequency, for `rows` rows of data: a hundredth of them, but no more than this. */
const MOST_PRIOR_ROWS = 1000;
export const usualL2 = (rows: number): number => Math.min(MOST_PRIOR_ROWS, Math.ceil(rows / 100));

/**
 * A draft with what was best on most of the sets of docs/results/baselines.md: target means beside the ids of many values, L2 that
 * holds the embeddings of rare ids to 0, and weights averaged over steps, by which evaluations are less noisy too.
 */
export function withUsual(draft: Draft, { columns, rows }: DraftFacts): Draft {
  const [encoding] = idEncodings(draft, columns);
  const encoded = encoding ? encoding.change(draft) : draft;
  return withEmbeddingL2(usualL2(rows))(withTraining({ averaging: AVERAGE })(encoded));
}
