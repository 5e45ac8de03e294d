import { setImmediate as pause } from 'node:timers/promises';
import type { LabelledData, SplitScores } from '../baseline.js';
import type { Column } from '../columns/column.js';
import { gather } from '../columns/gather.js';
import type { Grouping } from '../columns/grouping.js';
import { marginLoss, sigmoid } from '../maths.js';
import { designOf, marginsOf, widthOf, type Design } from './design.js';
import { Lbfgs } from './lbfgs.js';
import { objectiveOf } from './objective.js';
import type { LogisticOptions } from './options.js';

/**
 * Fits a logistic regression by L-BFGS until the validation rows say that it is enough, or it has converged.
 * @throws the reason of `signal`.
 */
export async function fitLogistic(
  data: LabelledData,
  { blocks, columns }: { readonly blocks: readonly Grouping[]; readonly columns: readonly Column[] },
  { l2, iterations, patience }: Pick<LogisticOptions, 'l2' | 'iterations' | 'patience'>,
  signal?: AbortSignal,
): Promise<{ scores: SplitScores; steps: number }> {
  const { train, validation, test } = data.splits;
  const design = designOf(blocks, columns, train);
  const [training, validated] = [design.of(train), design.of(validation)];
  const labels = gather(data.labels, validation);
  const objective = objectiveOf(training, gather(data.labels, train), l2);
  const minimiser = new Lbfgs(objective, new Float64Array(widthOf(training)));
  let best = { loss: Infinity, at: minimiser.point, step: 0 };
  for (let step = 1; step <= iterations; step++) {
    await pause();
    signal?.throwIfAborted();
    const moved = minimiser.step();
    // Without validation rows the last step is the best one.
    const loss = labels.length === 0 ? -step : meanLoss(marginsOf(validated, minimiser.point), labels);
    if (loss < best.loss) best = { loss, at: minimiser.point, step };
    if (!moved || step - best.step >= patience) break;
  }
  const scoresOf = (rows: Design): Float32Array => Float32Array.from(marginsOf(rows, best.at), sigmoid);
  return { scores: { validation: scoresOf(validated), test: scoresOf(design.of(test)) }, steps: best.step };
}

function meanLoss(margins: Float64Array, labels: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < margins.length; i++) sum += marginLoss(margins[i]!, labels[i]!);
  return sum / margins.length;
}
