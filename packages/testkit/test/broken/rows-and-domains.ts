import {
  DomainPlugin,
  Plugin,
  type HiddenInterceptor,
  type HiddenSite,
  type LogitInterceptor,
  type Penalty,
  type Step,
} from '@mdctr/core';
import { add, mean, mul, ones, relu, square, sub, sum, tensor, type Parameter, type Scalar } from '@mdctr/tensor';
import { column, rowsOf } from './per-domain-rows.js';
import { description } from './description.js';

// Plugins that let rows or domains see each other, in ways that public implementations or first drafts do.

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

/** Cuts batches by hand, as if they held nothing but ids. */
@Plugin('cuts-by-hand', { description })
export class CutsByHand extends DomainPlugin {
  override step(next: Step): Step {
    return ({ rows, order, labels, uniqueIds, inverse, domainIds, domainStarts }, context) =>
      next({ rows, order, labels: labels!, uniqueIds, inverse, domainIds, domainStarts }, context);
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
