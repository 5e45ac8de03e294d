import {
  DomainPlugin,
  Plugin,
  type AffineLayer,
  type AffineSite,
  type HiddenInterceptor,
  type HiddenSite,
  type Penalty,
} from '@mdctr/core';
import { mul, ones, square, stopGradient, straightThrough, sum, type Parameter, type Scalar } from '@mdctr/tensor';
import { description } from './description.js';

// Plugins that break what they do at the start, or their gradients, in ways that public implementations or first drafts do.

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
