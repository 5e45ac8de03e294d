import {
  affine,
  glorotUniform,
  zeros,
  type Initializer,
  type Parameter,
  type ParameterStore,
  type Tensor,
} from '@mdctr/tensor';

/** A place in the tree of parameter paths; everything made in it has a path below its own. */
export class ParameterScope {
  constructor(
    private readonly store: ParameterStore,
    readonly path: string,
    /** Where first values come from: the path itself, or that of the scope this one is a copy of. */
    private readonly origin: string = path,
  ) {}

  /** A scope below this one. */
  scope(name: string): ParameterScope {
    return new ParameterScope(this.store, `${this.path}/${name}`, `${this.origin}/${name}`);
  }

  /**
   * A trained tensor `PATH/name`. Its first value depends on the trial's seed and on the path alone (in a copy of the
   * network, on the path that it would have in the first).
   * @throws MdctrError MDCTR_PARAMETER_DUPLICATE if the path is taken.
   */
  parameter(name: string, shape: readonly number[], initializer: Initializer): Parameter {
    return this.store.create(`${this.path}/${name}`, shape, initializer, true, `${this.origin}/${name}`);
  }

  /** A tensor that is saved with the model but gets no gradient, e.g. a moving average. */
  state(name: string, shape: readonly number[], initializer: Initializer): Parameter {
    return this.store.create(`${this.path}/${name}`, shape, initializer, false, `${this.origin}/${name}`);
  }

  /** An affine map of the plugin's or backbone's own, without sites: x [rows, inputs] -> [rows, units]. */
  dense(name: string, inputs: number, units: number, options: DenseOptions = {}): (x: Tensor) => Tensor {
    const scope = this.scope(name);
    const kernel = scope.parameter('kernel', [inputs, units], options.kernel ?? glorotUniform);
    if (options.bias === false) return (x) => affine(x, kernel.value);
    const bias = scope.parameter('bias', [units], options.bias ?? zeros);
    return (x) => affine(x, kernel.value, bias.value);
  }
}

export interface DenseOptions {
  /** Glorot uniform by default. */
  readonly kernel?: Initializer;
  /** Zeros by default; `false` for no bias. */
  readonly bias?: Initializer | false;
}
