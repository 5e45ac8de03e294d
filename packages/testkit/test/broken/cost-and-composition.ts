import {
  DomainPlugin,
  Plugin,
  type AffineLayer,
  type AffineSite,
  type HiddenInterceptor,
  type HiddenSite,
  type LogitInterceptor,
} from '@mdctr/core';
import { add, matMul, mul, ones, zeros } from '@mdctr/tensor';
import { description } from './description.js';

// Plugins that cost too much or shut others out; the last one is sound, in ways that public implementations or first drafts do.

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
        const shift = shifts[domainIds[0]! - 1];
        return shift ? add(rows, shift.value) : rows;
      });
  }
}
