import {
  affine,
  glorotUniform,
  zeros,
  type Initializer,
  type Parameter,
  type ParameterStore,
  type Tensor,
} from '@mdctr/tensor';

/** A place in the tree of parameter paths. Parameters made in it have paths below the scope's path. */
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
   * Creates the trained parameter `PATH/name`. Its initial value depends only on the trial's seed and on its path; in a
   * copy of the network, on the path of its original.
   * @throws MdctrError MDCTR_PARAMETER_DUPLICATE if the path is taken.
   */
  parameter(name: string, shape: readonly number[], initializer: Initializer): Parameter {
    return this.store.create(`${this.path}/${name}`, shape, initializer, true, `${this.origin}/${name}`);
  }

  /** Creates a state: a tensor that is saved with the model but gets no gradient, e.g. a moving average. */
  state(name: string, shape: readonly number[], initializer: Initializer): Parameter {
    return this.store.create(`${this.path}/${name}`, shape, initializer, false, `${this.origin}/${name}`);
  }

  /** Creates an affine map without sites, which other plugins cannot change: x [rows, inputs] -> [rows, units]. */
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
