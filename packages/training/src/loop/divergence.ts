import { MdctrError } from '@mdctr/base';
import { type Gradients, type Model } from '@mdctr/core';
import { toHost } from '@mdctr/tensor';

export const DIVERGED = 'MDCTR_TRAINING_DIVERGED';

/** Thrown out of a step whose loss shows that training has failed, before its update is made. */
export class Divergence extends Error {
  override readonly name = 'Divergence';

  constructor(
    readonly loss: number,
    /** One sentence: where the first number lies that is not finite. */
    readonly place: string,
  ) {
    super(`the loss is ${loss}: ${place}`);
  }
}

/** What a user gets to read. */
export function divergedError(divergence: Divergence, step: number, epoch: number, learningRate: number): MdctrError {
  const { loss, place } = divergence;
  return new MdctrError(DIVERGED, {
    what: `Training diverged: the loss of step ${step} (epoch ${epoch}) is ${Number.isFinite(loss) ? loss.toPrecision(4) : loss}.`,
    expected: 'a finite loss of at most training.maxLoss; a model that knows nothing has about 0.7',
    found: place,
    hint: `Lower training.optimizer.learningRate, which is ${learningRate}, to ${Number((learningRate / 10).toPrecision(3))}, or set training.clipNorm, e.g. to 1.`,
  });
}

/**
 * Names the first tensor, in the order of the network, that is not finite: values before gradients, because a value was
 * wrong before this step began. Made when training has failed; it reads everything.
 */
export function findNotFinite(model: Model, gradients: Pick<Gradients, 'dense' | 'rows'>): string {
  const { store, table, schema } = model;
  const fieldOf = (id: number): string =>
    schema.fields.find(({ offset, size }) => id >= offset && id < offset + size)?.name ?? '?';
  const embedding = describe(toHost(model.table.lookup(gradients.rows.ids)), table.dim);
  if (embedding) return `embeddings of field "${fieldOf(gradients.rows.ids[embedding.row]!)}" are not finite`;
  const domains = schema.domains.slice(1);
  for (const { path, shape, size, value } of store.list()) {
    const found = describe(toHost(value), size / (shape[0] ?? 1));
    if (found) return `values of "${path}" are not finite (${counted(found, size, domains, shape)})`;
  }
  for (const parameter of store.trainable()) {
    const { path, shape, size } = parameter;
    const gradient = gradients.dense.get(parameter);
    const found = gradient && describe(toHost(gradient), size / (shape[0] ?? 1));
    if (found) return `the gradient of "${path}" is not finite (${counted(found, size, domains, shape)})`;
  }
  const rows = describe(toHost(gradients.rows.gradient), table.dim);
  if (rows) return `the gradient of field "${fieldOf(gradients.rows.ids[rows.row]!)}" is not finite`;
  return `all values and gradients are finite; the largest value is in ${largest(model)}`;
}

interface NotFinite {
  readonly count: number;
  /** The first row, and all, with such numbers. */
  readonly row: number;
  readonly rows: ReadonlySet<number>;
}

function describe(values: Float32Array, width: number): NotFinite | undefined {
  const rows = new Set<number>();
  let count = 0;
  values.forEach((value, i) => {
    if (Number.isFinite(value)) return;
    count++;
    rows.add(Math.floor(i / width));
  });
  const [row] = rows;
  return row === undefined ? undefined : { count, row, rows };
}

/** `12 of 64 numbers`; with the domains where the tensor has a row for each and only some of them are concerned. */
function counted(
  { count, rows }: NotFinite,
  size: number,
  domains: readonly string[],
  shape: readonly number[],
): string {
  const telling = shape.length > 1 && shape[0] === domains.length && rows.size < domains.length;
  const names = [...rows].slice(0, 5).map((row) => domains[row]);
  return `${count} of ${size} numbers${telling ? `, domains ${names.join(', ')}${rows.size > 5 ? ', ...' : ''}` : ''}`;
}

function largest({ store, table }: Model): string {
  const sizes = [...store.trainable(), table].map((holder) => {
    return { path: holder.path, most: holder.toHost().reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
  });
  const { path, most } = sizes.reduce((a, b) => (b.most > a.most ? b : a));
  return `"${path}": ${most.toPrecision(3)}`;
}
