import { MdctrError } from '@mdctr/base';
import { add, attribute, tensor, zeros, type Parameter, type ParameterStore, type Tensor } from '@mdctr/tensor';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { HostBatch } from '../features/host-batch.js';

/** Where its numbers are: `margin/bias`, `margin/weights`. They get no gradient, and are saved with the weights. */
const MARGIN_PATH = 'margin';

/**
 * A logit that each row has before the network says anything, b + sum over f of a_f x_f: x_f is the standardised logit of the
 * row's target mean in the field f. It is XGBoost's base_margin, made of fields that the network has too. Until it is
 * fitted it is 0.
 * @internal
 */
export class BaseMargin {
  /** Places of its fields in the schema. */
  private readonly places: readonly number[];
  private readonly width: number;
  private readonly bias: Parameter;
  private readonly weights: Parameter;
  private cached: { readonly bias: number; readonly weights: Float32Array } | undefined;

  /** @throws MdctrError MDCTR_CONFIG_VALUE if no field of the schema is encoded as a target mean. */
  constructor({ fields }: FeatureSchema, store: ParameterStore) {
    this.places = fields.flatMap(({ targetMean }, f) => (targetMean ? [f] : []));
    this.width = fields.length;
    if (this.places.length === 0) {
      throw new MdctrError('MDCTR_CONFIG_VALUE', {
        path: 'training.baseMargin.kind',
        what: 'There are no target means to make a base margin of.',
        expected: 'a field with the encoding "targetMean"',
        found: 'none among the fields',
        hint: 'Add one, e.g. { "name": "user_id", "encoding": [{ "kind": "vocabulary" }, { "kind": "targetMean" }] }, or set it to "none".',
      });
    }
    this.bias = store.create(`${MARGIN_PATH}/bias`, [1], zeros, false);
    this.weights = store.create(`${MARGIN_PATH}/weights`, [this.places.length], zeros, false);
  }

  /** Number of its fields, n. */
  get size(): number {
    return this.places.length;
  }

  /** [B, n] the standardised logits that it is made of; 0, their mean, for an empty list. */
  logits({ rows, inverse, uniqueIds, bags }: HostBatch): Float32Array {
    const { places, width, size } = this;
    const logits = new Float32Array(rows * size);
    const { starts, weights } = bags!;
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < size; j++) {
        const bag = inverse[row * width + places[j]!]! - uniqueIds.length;
        const first = starts[bag]!; // the element of the logit; the other is that of the count
        if (first < starts[bag + 1]!) logits[row * size + j] = weights[first]!;
      }
    }
    return logits;
  }

  /** [B] the margin of each row: of the row alone, to the last bit. */
  of(host: HostBatch): Float32Array {
    this.cached ??= { bias: this.bias.toHost()[0]!, weights: this.weights.toHost() };
    const { bias, weights } = this.cached;
    const logits = this.logits(host);
    return Float32Array.from({ length: host.rows }, (_, row) =>
      weights.reduce((sum, weight, j) => sum + weight * logits[row * weights.length + j]!, bias),
    );
  }

  /** Logits of the network [B, 1] with the margin of their rows added. */
  readonly addTo = attribute({ site: 'margin' }, (logits: Tensor, host: HostBatch): Tensor =>
    add(logits, tensor(this.of(host), [host.rows, 1])),
  );

  /** @param weights [n] */
  write(bias: number, weights: ArrayLike<number>): void {
    this.bias.write(Float32Array.of(bias));
    this.weights.write(Float32Array.from(weights));
    this.reload();
  }

  /** To be called after its parameters were written from outside. */
  reload(): void {
    this.cached = undefined;
  }
}
