import {
  add,
  div,
  mul,
  sqrt,
  square,
  sub,
  valueAndGradients,
  type Parameter,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';

/** Values by parameter. */
export type Values = ReadonlyMap<Parameter, Tensor>;

/** How a task adapts. */
export interface InnerRule {
  readonly parameters: readonly Parameter[];
  readonly optimizer: 'sgd' | 'adam';
  /** The inner rate: one number, or a tensor of the parameter's shape. */
  rateOf(parameter: Parameter): number | Tensor;
}

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

interface Moments {
  readonly first: Tensor;
  readonly second: Tensor;
}

/**
 * The inner loop of one task, theta' = theta - a * U, where U adds up the inner optimizer's directions. Inside a
 * differentiated function everything stays on the tape, so that theta' can be differentiated by theta and by a; outside,
 * U is a constant, which is what first order means. Must run inside `tidy`.
 */
export class InnerLoop {
  private readonly travelled = new Map<Parameter, Tensor>();
  private readonly moments = new Map<Parameter, Moments>();
  private steps = 0;

  constructor(private readonly rule: InnerRule) {}

  /** theta' by parameter; empty before the first step. */
  get values(): Values {
    return new Map(
      [...this.travelled].map(([parameter, way]) => {
        return [parameter, sub(parameter.value, mul(this.rule.rateOf(parameter), way))] as const;
      }),
    );
  }

  /** One step down the gradient of `loss` at the present values. */
  step(loss: (values: Values) => Scalar): void {
    this.steps++;
    const moved = this.values;
    const values = new Map(this.rule.parameters.map((p) => [p, moved.get(p) ?? p.value] as const));
    const { gradients } = valueAndGradients(() => loss(values), [...values.values()]);
    this.rule.parameters.forEach((parameter, i) => {
      const gradient = gradients[i];
      if (!gradient) return; // the loss of this task does not depend on it
      const direction = this.rule.optimizer === 'adam' ? this.adamDirection(parameter, gradient) : gradient;
      const before = this.travelled.get(parameter);
      this.travelled.set(parameter, before ? add(before, direction) : direction);
    });
  }

  /** Kingma and Ba, ICLR 2015, algorithm 1, without the rate. */
  private adamDirection(parameter: Parameter, gradient: Tensor): Tensor {
    const { beta1, beta2, epsilon } = ADAM;
    const before = this.moments.get(parameter);
    const first = mul(gradient, 1 - beta1);
    const second = mul(square(gradient), 1 - beta2);
    const moments = before
      ? { first: add(mul(before.first, beta1), first), second: add(mul(before.second, beta2), second) }
      : { first, second };
    this.moments.set(parameter, moments);
    const root = sqrt(div(moments.second, 1 - beta2 ** this.steps));
    return div(div(moments.first, 1 - beta1 ** this.steps), add(root, epsilon));
  }
}
