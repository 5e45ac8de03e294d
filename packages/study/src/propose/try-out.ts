import { firstOf, itemAt, lastOf } from '@mdctr/base';
import { beats, type Measured } from './beats.js';
import type { Draft } from './draft.js';
import type { Answer, Question } from './questions.js';

/** How an answer did. */
export interface TriedAnswer extends Pick<Measured, 'auc' | 'seconds'> {
  readonly about: string;
  readonly words: string;
  readonly chosen: boolean;
}

/** An answer that fell short by no more than this is tried once more when the later questions are answered. */
const CLOSE = 0.005;

/** Answers to the first questions, by number, and what the draft comes to with them. */
interface Candidate {
  readonly answers: readonly number[];
  readonly measured: Measured;
}

/** Measures the draft with some answers; `q` is the question that they are compared for. */
type Ask = (q: number, answers: readonly number[], again?: boolean) => Promise<Candidate>;

/**
 * Answers the questions one after the other, each by what the draft comes to with every answer. The first answer stands unless another
 * one beats it. In the end the second best answer of each question is tried once more, under the answers that came after it.
 * @param onTrial called before each measurement; `again` in the end.
 * @returns the draft with the answers that did best, and how all of them did.
 */
export async function tryOut(
  draft: Draft,
  questions: readonly Question[],
  measure: (draft: Draft) => Promise<Measured>,
  onTrial?: (about: string, words: string, again: boolean) => void,
): Promise<{ readonly draft: Draft; readonly tried: readonly TriedAnswer[] }> {
  const answerOf = (answers: readonly number[], q: number): Answer =>
    itemAt(itemAt(questions, q).answers, itemAt(answers, q));
  const draftOf = (answers: readonly number[]): Draft =>
    answers.reduce((changed, _, q) => answerOf(answers, q).change(changed), draft);
  const ask: Ask = async (q, answers, again = false) => {
    onTrial?.(itemAt(questions, q).about, answerOf(answers, q).words, again);
    return { answers, measured: await measure(draftOf(answers)) };
  };
  const triedAnswer = (q: number, { answers, measured }: Candidate, chosen: boolean): TriedAnswer => {
    const { auc, seconds } = measured;
    return { about: itemAt(questions, q).about, words: answerOf(answers, q).words, auc, seconds, chosen };
  };

  const rounds = await askInTurn(questions, ask);
  const tried = rounds.flatMap((round, q) =>
    round.map((candidate) => triedAnswer(q, candidate, candidate === bestOf(round))),
  );
  if (rounds.length === 0) return { draft, tried };
  let standing = bestOf(lastOf(rounds));
  for (const [q, round] of rounds.entries()) {
    const second = secondOf(round);
    if (second === undefined || !answeredLater(standing, q)) continue;
    const other = await ask(q, standing.answers.with(q, second), true);
    const chosen = beats(other.measured, standing.measured);
    const line = triedAnswer(q, other, chosen);
    tried.push({ ...line, about: `${line.about}, again` });
    if (chosen) standing = other;
  }
  return { draft: draftOf(standing.answers), tried };
}

/** The candidates of each question, on top of the best ones of those before. */
async function askInTurn(questions: readonly Question[], ask: Ask): Promise<readonly (readonly Candidate[])[]> {
  const rounds: Candidate[][] = [];
  let best: readonly number[] = [];
  for (const [q, { answers }] of questions.entries()) {
    const round: Candidate[] = [];
    for (const answer of answers.keys()) round.push(await ask(q, [...best, answer]));
    rounds.push(round);
    best = bestOf(round).answers;
  }
  return rounds;
}

const better = (one: Candidate, other: Candidate): Candidate =>
  (other.measured.auc ?? -1) > (one.measured.auc ?? -1) ? other : one;

/** The best candidate if it beats the first one, else the first. */
function bestOf(round: readonly Candidate[]): Candidate {
  const first = firstOf(round);
  const best = round.reduce(better);
  return beats(best.measured, first.measured) ? best : first;
}

/** The best answer but for the one that was chosen, if it came close. */
function secondOf(round: readonly Candidate[]): number | undefined {
  const chosen = bestOf(round);
  const others = round.filter((candidate) => candidate !== chosen);
  if (others.length === 0) return undefined;
  const { answers, measured } = others.reduce(better);
  return (chosen.measured.auc ?? 0) - (measured.auc ?? -1) <= CLOSE ? lastOf(answers) : undefined;
}

/** Whether a later question has another answer than its first, which leaves the draft as it is. */
const answeredLater = ({ answers }: Candidate, q: number): boolean => answers.slice(q + 1).some((answer) => answer > 0);
