import type { AffineSite, DomainBatch } from '@mdctr/core';
import { concat, type Tensor } from '@mdctr/tensor';
import type { ApgOptions } from './options.js';

/** What the weights of a layer are generated from, z_i. */
export interface Condition {
  readonly width: number;
  /** Reads z from the layer's input x [B, inputs] and the batch: [G, width] by domain, or [B, width] by row. */
  read(x: Tensor, batch: DomainBatch): Tensor;
}

export interface Conditions {
  /** Whether each row has a condition of its own; otherwise each domain of the batch has. */
  readonly byRow: boolean;
  /** One, or one for each field where the generated weights are aggregated; with the name its parameters go by. */
  readonly parts: readonly (Condition & { readonly name?: string })[];
}

/** The conditions of a layer: APG, section 3.1, group-wise, mix-wise and self-wise. */
export function conditionsOf(site: AffineSite, options: ApgOptions): Conditions {
  switch (options.condition) {
    case 'domain':
      return { byRow: false, parts: [{ width: site.domainWidth, read: (_x, batch) => batch.domains }] };
    case 'input':
      return { byRow: true, parts: [{ width: site.inputs, read: (x) => x }] };
    case 'fields':
      return { byRow: true, parts: fieldConditions(site, options) };
  }
}

function fieldConditions(site: AffineSite, { fields, aggregation }: ApgOptions): Conditions['parts'] {
  const width = site.dim;
  if (aggregation !== 'input' && fields.length > 1) {
    return fields.map((name) => ({ name, width, read: (_x, batch) => batch.embedded.field(name) }));
  }
  const read = (_x: Tensor, { embedded }: DomainBatch): Tensor =>
    concat(
      fields.map((name) => embedded.field(name)),
      1,
    );
  return [{ width: fields.length * width, read }];
}
