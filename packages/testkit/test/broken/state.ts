import { type Random } from '@mdctr/base';
import {
  DomainPlugin,
  inject,
  Plugin,
  RANDOM,
  type HiddenInterceptor,
  type HiddenSite,
  type LogitInterceptor,
  type Predict,
  type Step,
} from '@mdctr/core';
import { add, keep, mean, mul, stopGradient, sub, tensor, toHost, zeros } from '@mdctr/tensor';
import { description } from './description.js';

// Plugins that keep, lose or change state, in ways that public implementations or first drafts do.

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

/** Nudges each score towards the label of the row that it is to predict. */
@Plugin('peeks', { description })
export class Peeks extends DomainPlugin {
  override evaluate(next: Predict): Predict {
    return (batch) => next(batch).map((score, i) => 0.9 * score + 0.1 * (batch.labels?.[i] ?? score));
  }
}
