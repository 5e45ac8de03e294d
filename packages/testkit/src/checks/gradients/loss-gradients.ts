import {
  add,
  sigmoidCrossEntropy,
  tensor,
  tidy,
  toHost,
  valueAndGradients,
  withPortableOps,
  type Scalar,
  type Tensor,
  toNumber,
} from '@mdctr/tensor';
import type { CheckFixture } from '../../fixture/check-fixture.js';
import { roundsProducts } from '../../fixture/compare.js';
import type { TrainingSession } from '../../fixture/training-session.js';

/** What is differentiated: the cross entropy, or the plugins' penalties alone. */
export type LossPart = 'cross entropy' | 'penalty';
/** Gradients by the path of a parameter, and those of the embedding rows. */
export type Gradients = ReadonlyMap<string, Float32Array>;

const ROWS = 'embedding rows';

/** Gradients by path, embedding rows included; zeros where the loss does not depend on a parameter. */
export function gradients(session: TrainingSession, { batch }: CheckFixture, part: LossPart): Gradients {
  const result = new Map<string, Float32Array>();
  tidy(() => {
    const rows = session.model.lookup(batch);
    const labels = tensor(batch.labels!, [batch.rows, 1]);
    const loss = (): Scalar => {
      const { logits, batch: seen } = session.model.run(rows, batch, { training: true });
      const penalties = session.model.penalties(seen);
      return part === 'penalty' ? (penalties.reduce(add) as Scalar) : sigmoidCrossEntropy(logits, labels);
    };
    const parameters = session.model.store.trainable();
    const { gradients: found } = valueAndGradients(loss, [rows, ...parameters.map(({ value }) => value)]);
    const host = (gradient: Tensor | undefined, size: number): Float32Array =>
      gradient ? toHost(gradient) : new Float32Array(size);
    result.set(ROWS, host(found[0], rows.size));
    parameters.forEach(({ path, size }, i) => result.set(path, host(found[i + 1], size)));
  });
  return result;
}

/** The loss at the present values, with embedding rows `rows` where given; summed on the host in double precision. */
export function lossAt(session: TrainingSession, { batch }: CheckFixture, part: LossPart, rows?: Float32Array): number {
  let loss = 0;
  const forward = (): void => {
    const leaf = rows ? tensor(rows, [batch.uniqueIds.length, session.model.dim]) : session.model.lookup(batch);
    const { logits, batch: seen } = session.model.run(leaf, batch, { training: true });
    const penalties = session.model.penalties(seen);
    if (part === 'penalty') loss = penalties.reduce((total, term) => total + toNumber(term), 0);
    else toHost(logits).forEach((logit, i) => (loss += crossEntropy(logit, batch.labels![i]!) / batch.rows));
  };
  exactly(() => tidy(forward));
  return loss;
}

const crossEntropy = (x: number, z: number): number => Math.max(x, 0) - x * z + Math.log1p(Math.exp(-Math.abs(x)));

/** Differences of rounded products say nothing about slopes: in bfloat16 they are taken of the portable form, which is exact. */
export function exactly<T>(body: () => T): T {
  return roundsProducts() ? withPortableOps(body) : body();
}
