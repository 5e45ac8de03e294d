import type { Draft } from './draft.js';
import type { Question } from './questions.js';

/** What a draft comes to. */
export interface Measured {
  /** On the validation rows, at the best evaluation; null where it is not defined. */
  readonly auc: number | null;
  readonly seconds: number;
}

/** How an answer did. */
export interface TriedAnswer extends Measured {
  readonly about: string;
  readonly words: string;
  readonly chosen: boolean;
}

/** An answer is taken for another one that it beats by so much; else the one that comes first stands. */
const LEAST_GAIN = 0.0003;

/**
 * Answers the questions one after the other, each by what the draft comes to with every answer.
 * @param onTrial called before each measurement.
 * @returns the draft with the answers that did best, and how all of them did.
 */
export async function tryOut(
  draft: Draft,
  questions: readonly Question[],
  measure: (draft: Draft) => Promise<Measured>,
  onTrial?: (about: string, words: string) => void,
): Promise<{ readonly draft: Draft; readonly tried: readonly TriedAnswer[] }> {
  const tried: TriedAnswer[] = [];
  let best: { draft: Draft; auc: number | null } = { draft, auc: null };
  for (const { about, answers } of questions) {
    const results: (Measured & { readonly words: string; readonly draft: Draft })[] = [];
    for (const { words, change } of answers) {
      const changed = change(best.draft);
      onTrial?.(about, words);
      results.push({ words, draft: changed, ...(await measure(changed)) });
    }
    const chosen = results.reduce((one, other) => (beats(other.auc, one.auc) ? other : one));
    tried.push(
      ...results.map(({ words, auc, seconds }) => ({ about, words, auc, seconds, chosen: words === chosen.words })),
    );
    best = chosen;
  }
  return { draft: best.draft, tried };
}

const beats = (auc: number | null, other: number | null): boolean =>
  auc !== null && (other === null || auc >= other + LEAST_GAIN);
