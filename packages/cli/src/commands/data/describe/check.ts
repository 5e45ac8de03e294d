import { columnWidths } from '@mdctr/base';
import type { Description } from '@mdctr/data';
import type { Draft, TriedAnswer } from '@mdctr/study';
import { builtinPackages } from '../../../builtins.js';
import type { Progress } from '../../../terminal/progress.js';

/** Rows above which a check would take too long to be made unasked. */
export const MOST_ROWS = 1_000_000;

/** Tries out what a proposal leaves open. */
export async function check(
  draft: Draft,
  { columns }: Description,
  progress: Progress,
): Promise<{ readonly draft: Draft; readonly tried: readonly TriedAnswer[] }> {
  // Loaded now: without a check there is no use for TensorFlow.
  const { openRegistry, questionsOf, startRuntime, trainingMeasure, tryOut } = await import('@mdctr/study');
  await startRuntime('float32', true);
  const plugins = (await openRegistry(builtinPackages())).withRole('reference');
  const questions = questionsOf(draft, columns, plugins);
  const all = questions.reduce((sum, { answers }) => sum + answers.length, 0);
  let done = 0;
  return tryOut(draft, questions, trainingMeasure(builtinPackages()), (about, words) =>
    progress.show(`trying out, ${++done} of ${all}: ${about}, ${words}`),
  );
}

/** What each answer came to, a line each. */
export function checkText(tried: readonly TriedAnswer[]): string {
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
  return `${lines.join('\n')}\n\nBest AUC of the validation rows, one training each; the test rows were left alone.\n`;
}
