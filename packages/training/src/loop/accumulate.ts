import { MdctrError } from '@mdctr/base';
import { type Gradients, type HostBatch, type Step, type StepContext } from '@mdctr/core';
import {
  add,
  concat,
  indexVector,
  keep,
  mul,
  segmentSum,
  tidy,
  type Parameter,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';

/**
 * One update from several batches: the mean of their gradients, weighted by rows, which is the gradient of one batch of all
 * of them where the loss is a mean over rows. Gives the loss, weighted alike. A step of a plugin's own runs on each
 * batch, and the updates that it asks for are gathered.
 * @throws MdctrError MDCTR_TRAINING_ACCUMULATE if the step does not ask for one update a batch.
 */
export function accumulatedStep(step: Step, batches: readonly HostBatch[], context: StepContext): number {
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const sum = new BatchSum();
  try {
    const loss = batches.reduce((total, batch) => {
      let updates = 0;
      const apply = (gradients: Gradients): void => {
        updates++;
        sum.add(gradients, batch.rows / rows);
      };
      const stepLoss = step(batch, { ...context, apply });
      if (updates !== 1) throw notOne(updates);
      return total + (stepLoss * batch.rows) / rows;
    }, 0);
    const gradients = sum.take();
    context.apply(gradients);
    context.release(gradients);
    return loss;
  } finally {
    sum.dispose();
  }
}

/** Weighted sum of gradients by different embedding rows; holds tensors until they are taken. */
class BatchSum {
  private loss: Tensor | undefined;
  private readonly dense = new Map<Parameter, Tensor>();
  private readonly parts: { readonly ids: Int32Array; readonly gradient: Tensor }[] = [];

  add({ loss, dense, rows }: Gradients, weight: number): void {
    tidy(() => {
      this.loss = sumOf(this.loss, mul(loss, weight));
      for (const [parameter, gradient] of dense) {
        this.dense.set(parameter, sumOf(this.dense.get(parameter), mul(gradient, weight)));
      }
      this.parts.push({ ids: rows.ids, gradient: keep(mul(rows.gradient, weight)) });
    });
  }

  /** The sums; the caller disposes them. */
  take(): Gradients {
    const position = new Map<number, number>();
    const index = this.parts.flatMap(({ ids }) =>
      Array.from(ids, (id) => {
        let place = position.get(id);
        if (place === undefined) position.set(id, (place = position.size));
        return place;
      }),
    );
    let gradient!: Tensor; // [U of all batches, k]
    tidy(() => {
      const all = concat(
        this.parts.map((part) => part.gradient),
        0,
      );
      gradient = keep(segmentSum(all, indexVector(Int32Array.from(index)), position.size));
    });
    const taken = {
      loss: this.loss as Scalar,
      dense: new Map(this.dense),
      rows: { ids: Int32Array.from(position.keys()), gradient },
    };
    this.loss = undefined;
    this.dense.clear();
    return taken;
  }

  dispose(): void {
    for (const tensor of [...this.dense.values(), ...this.parts.map(({ gradient }) => gradient)]) tensor.dispose();
    this.loss?.dispose();
  }
}

function sumOf(before: Tensor | undefined, more: Tensor): Tensor {
  if (!before) return keep(more);
  const sum = keep(add(before, more));
  before.dispose();
  return sum;
}

function notOne(updates: number): MdctrError {
  return new MdctrError('MDCTR_TRAINING_ACCUMULATE', {
    what: 'training.accumulate does not go with a plugin whose step makes updates of its own.',
    expected: 'one update for each batch',
    found: String(updates),
    hint: 'Set training.accumulate to 1 and training.batchSize to what memory holds.',
  });
}

/** Batches in groups of `size`; the last group has what is left. */
export async function* inGroups(batches: AsyncIterable<HostBatch>, size: number): AsyncIterable<HostBatch[]> {
  let group: HostBatch[] = [];
  for await (const batch of batches) {
    group.push(batch);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
