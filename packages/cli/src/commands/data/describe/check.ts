import { columnWidths } from '@mdctr/base';
import type { Description } from '@mdctr/data';
import type { Draft, TriedAnswer } from '@mdctr/study';
import { builtinPackages } from '../../../builtins.js';
import type { Progress } from '../../../terminal/progress.js';

/** Rows above which a check would take too long to be made unasked. */
export const MOST_ROWS = 1_000_000;

/** A proposal, and how it was come to. */
export interface Checked {
  readonly draft: Draft;
  readonly tried: readonly TriedAnswer[];
  /** Which rows it was judged by. */
  readonly judgedBy: string;
}

/** Tries out what a proposal leaves open. */
export async function check(draft: Draft, facts: Description, progress: Progress): Promise<Checked> {
  const { isJudgedLater, openRegistry, questionsOf, startRuntime, trainingMeasure, tryOut } =
    await import('@mdctr/study');
  await startRuntime('float32', true);
  const plugins = (await openRegistry(builtinPackages())).withRole('reference');
  const questions = questionsOf(draft, facts, plugins);
  const all = questions.reduce((sum, { answers }) => sum + answers.length, 0);
  let done = 0;
  const began = performance.now();
  const left = (): string => {
    if (done === 0) return '';
    const minutes = ((all - done) * (performance.now() - began)) / done / 60_000;
    return `, about ${Math.ceil(minutes)} min left`;
  };
  const found = await tryOut(draft, questions, trainingMeasure(builtinPackages()), (about, words, again) => {
    progress.show(
      again ? `trying out again: ${about}, ${words}` : `trying out, ${done + 1} of ${all}${left()}: ${about}, ${words}`,
    );
    done++;
  });
  return { ...found, judgedBy: isJudgedLater(draft) ? LATER : VALIDATION };
}

const VALIDATION = 'the validation rows, by the weights that were best on them';
const LATER =
  'the last rows before the test rows, by the weights that were best on the rows before those: as in use, where what is scored is later than what chose';

/** What each answer came to, a line each. */
export function checkText({ tried, judgedBy }: Checked): string {
  const rows = tried.map(({ about, words, auc, chosen }, i) => [
    about === tried[i - 1]?.about ? '' : about,
    words,
    auc === null ? '—' : auc.toFixed(4).replace(/^0/, ''),
    chosen ? 'taken' : '',
  ]);
  const head = ['tried out', '', 'AUC', ''];
  const widths = columnWidths([head, ...rows]);
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\nAUC of ${judgedBy}. One training each; the test rows were left alone.\n`;
}
