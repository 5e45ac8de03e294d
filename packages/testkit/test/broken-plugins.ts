import {
  DomainPlugin,
  inject,
  Plugin,
  RANDOM,
  type AffineLayer,
  type AffineSite,
  type HiddenInterceptor,
  type HiddenSite,
  type LogitInterceptor,
  type Penalty,
  type Predict,
  type Step,
} from '@mdctr/core';
import {
  add,
  keep,
  matMul,
  mean,
  mul,
  ones,
  relu,
  square,
  stopGradient,
  straightThrough,
  sub,
  sum,
  tensor,
  toHost,
  zeros,
  type Parameter,
  type Random,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';

// Each plugin of this file breaks one promise, in a way that public implementations or first drafts do.

const description = 'Broken on purpose.';

@Plugin('never-identity', { description })
export class NeverIdentity extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h) => mul(h, 1.001);
  }
}

/** One factor a unit for all domains; the identity at the start, and not for long. */
@Plugin('drifts', { description })
export class Drifts extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const factor = site.scope().parameter('factor', [site.units], ones);
    return (h) => mul(h, factor.value);
  }
}

@Plugin('touches-backbone', { description })
export class TouchesBackbone extends DomainPlugin {
  override affine(site: AffineSite): AffineLayer {
    const inner = site.build();
    const kernel = inner.parameters!.kernel;
    kernel.write(kernel.toHost().map((value) => value * 0.5));
    return inner;
  }
}

@Plugin('wrong-gradient', { description })
export class WrongGradient extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h) => straightThrough(h, mul(h, 2));
  }
}

@Plugin('wrong-penalty', { description })
export class WrongPenalty extends DomainPlugin {
  private factor: Parameter | undefined;

  override hidden(site: HiddenSite): HiddenInterceptor | undefined {
    if (site.index > 0) return undefined;
    this.factor = site.scope().parameter('factor', [site.units], ones);
    return (h) => mul(h, this.factor!.value);
  }

  override penalty(): Penalty {
    return () => {
      const value = sum(square(this.factor!.value));
      return straightThrough(value, mul(value, 3)) as Scalar;
    };
  }
}

@Plugin('cut-off', { description })
export class CutOff extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const factor = site.scope().parameter('factor', [site.units], ones);
    return (h) => mul(h, stopGradient(factor.value));
  }
}

/** Batch normalisation that never changes to moving averages. */
@Plugin('batch-mean', { description })
export class BatchMean extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h) => sub(h, mean(h, 0, true));
  }
}

@Plugin('row-number', { description })
export class RowNumber extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h, { rows }) =>
      add(
        h,
        tensor(
          Float32Array.from({ length: rows }, (_, i) => i / 10),
          [rows, 1],
        ),
      );
  }
}

@Plugin('needs-two-rows', { description })
export class NeedsTwoRows extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h, { rows }) => mul(h, 1 + 0 / (rows - 1));
  }
}

/** Per-domain factors, all of them decayed in every step. */
@Plugin('decays-all', { description })
export class DecaysAll extends DomainPlugin {
  private factors: Parameter | undefined;

  override hidden(site: HiddenSite): HiddenInterceptor | undefined {
    if (site.index > 0) return undefined;
    this.factors = site.scope().parameter('factors', [site.schema.domains.length - 1, site.units], ones);
    return (h, batch) => batch.scale(h, rowsOf(this.factors!, batch.domainIds, 1, site.units));
  }

  override penalty(): Penalty {
    return () => mul(sum(square(this.factors!.value)), 0.1) as Scalar;
  }
}

/** Domain d reads row d, and the last one row 0. */
@Plugin('off-by-one', { description })
export class OffByOne extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const factors = site.scope().parameter('factors', [site.schema.domains.length - 1, site.units], ones);
    return (h, batch) => batch.scale(h, rowsOf(factors, batch.domainIds, 0, site.units));
  }
}

@Plugin('id-as-number', { description })
export class IdAsNumber extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h, batch) =>
      batch.scale(
        h,
        column(batch.domainIds, (id) => 1 + id / 10),
      );
  }
}

@Plugin('divides-by-id', { description })
export class DividesById extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h, batch) =>
      batch.scale(
        h,
        column(batch.domainIds, (id) => 1 / id),
      );
  }
}

/** The ReLU on the last logit of a public STAR. */
@Plugin('relu-logit', { description })
export class ReluLogit extends DomainPlugin {
  override logit(): LogitInterceptor {
    return (logit) => relu(logit);
  }
}

@Plugin('never-applies', { description })
export class NeverApplies extends DomainPlugin {
  override step(): Step {
    return (batch, context) => {
      const gradients = context.gradients(batch);
      const loss = toHost(gradients.loss)[0]!;
      context.release(gradients);
      return loss;
    };
  }
}

/** Noise that belongs to the object and is not saved. */
@Plugin('unsaved', { description })
export class Unsaved extends DomainPlugin {
  private readonly shift: number;

  constructor(_options: unknown, @inject(RANDOM) random: Random) {
    super();
    this.shift = random.normal();
  }

  override logit(): LogitInterceptor {
    return (logit) => add(logit, this.shift);
  }
}

/** A temperature that grows in the object, as a public AdaSparse has it. */
@Plugin('unsaved-schedule', { description })
export class UnsavedSchedule extends DomainPlugin {
  private alpha = 1;

  override logit(): LogitInterceptor {
    return (logit, batch) => {
      if (!batch.training) return logit;
      this.alpha += 0.05;
      return mul(logit, this.alpha);
    };
  }
}

@Plugin('moves-in-evaluation', { description })
export class MovesInEvaluation extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const moving = site.scope().state('mean', [site.units], zeros);
    return (h) => {
      const shifted = sub(h, moving.value);
      moving.write(add(mul(moving.value, 0.9), mul(stopGradient(mean(h, 0)), 0.1)));
      return shifted;
    };
  }
}

/** Counts passes in a field, evaluations included. */
@Plugin('counts-evaluations', { description })
export class CountsEvaluations extends DomainPlugin {
  private passes = 0;

  override logit(): LogitInterceptor {
    return (logit) => mul(logit, 1 + ++this.passes / 100);
  }
}

@Plugin('leaks', { description })
export class Leaks extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h) => mul(h, keep(tensor([1], [1])));
  }
}

@Plugin('keeps-at-build', { description })
export class KeepsAtBuild extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    const one = keep(tensor([1], [1]));
    return (h) => mul(h, one);
  }
}

@Plugin('shares-a-static', { description })
export class SharesAStatic extends DomainPlugin {
  private static passes = 0;

  override logit(): LogitInterceptor {
    return (logit) => mul(logit, 1 + ++SharesAStatic.passes / 100);
  }
}

@Plugin('fickle-evaluation', { description })
export class FickleEvaluation extends DomainPlugin {
  private calls = 0;

  override evaluate(next: Predict): Predict {
    return (batch) => {
      const scores = next(batch);
      return ++this.calls % 2 === 0 ? scores.map((score) => score / 2) : scores;
    };
  }
}

/** Every domain's kernel runs on every row, and the rows are chosen afterwards. */
@Plugin('pass-a-domain', { description })
export class PassADomain extends DomainPlugin {
  override affine(site: AffineSite): AffineLayer {
    const inner = site.build();
    return {
      parameters: inner.parameters,
      forward: (x, batch) => {
        const outputs = Array.from(batch.domainIds, () => matMul(x, inner.parameters!.kernel.value));
        return add(
          inner.forward(x, batch),
          mul(
            outputs.reduce((a, b) => add(a, b)),
            0,
          ),
        );
      },
    };
  }
}

/** Its first values depend on how many of it there were before. */
@Plugin('counts-itself', { description })
export class CountsItself extends DomainPlugin {
  private static made = 0;
  private readonly factor = 1 + ++CountsItself.made / 1000;

  override logit(): LogitInterceptor {
    return (logit) => mul(logit, this.factor);
  }
}

/** Computes its own affine map without saying that it owns the kernel. */
@Plugin('shuts-out', { description })
export class ShutsOut extends DomainPlugin {
  override affine(site: AffineSite): AffineLayer {
    const kernel = site.scope().parameter('kernel', [site.inputs, site.units], ones);
    return { parameters: undefined, forward: (x) => matMul(x, kernel.value) };
  }
}

/** Nothing is wrong with this one: a shift a domain, each a parameter `DOMAIN ID/shift` of its own. */
@Plugin('named-shifts', { description: 'One shift a hidden unit and domain.' })
export class NamedShifts extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const shifts = site.schema.domains.slice(1).map((_, d) => {
      return site.scope(String(d + 1)).parameter('shift', [site.units], zeros);
    });
    return (h, batch) =>
      batch.byDomain(h, (rows, { domainIds }) => {
        const own = shifts[domainIds[0]! - 1];
        return own ? add(rows, own.value) : rows;
      });
  }
}

/** Row `id - first` of a per-domain parameter for each group; ones for an id without a row. */
function rowsOf(parameter: Parameter, ids: Int32Array, first: number, units: number): Tensor {
  const domains = parameter.shape[0]!;
  const choice = Float32Array.from(ids).map((id) => (first === 0 ? id % domains : id - 1));
  // [G, D] times [D, units]: a row of zeros for an unseen domain, which the mask turns into ones.
  const pick = tensor(
    Float32Array.from({ length: ids.length * domains }, (_, i) =>
      i % domains === choice[Math.floor(i / domains)] ? 1 : 0,
    ),
    [ids.length, domains],
  );
  const unseen = column(ids, (id) => (first === 1 && id === 0 ? 1 : 0));
  return add(matMul(pick, parameter.value), mul(unseen, tensor(new Float32Array(units).fill(1), [1, units])));
}

/** [G, 1] */
function column(ids: Int32Array, value: (id: number) => number): Tensor {
  return tensor(Float32Array.from(ids, value), [ids.length, 1]);
}
