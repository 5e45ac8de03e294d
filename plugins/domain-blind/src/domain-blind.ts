import { DomainPlugin, Plugin, type EmbeddingInterceptor, type EmbeddingSite } from '@mdctr/core';
import { mul, tensor } from '@mdctr/tensor';

/**
 * The domain left out: the vectors of the fields that make up the domain, or describe it, or that it was derived from, are
 * zero before the backbone sees them. All else stays, the width of the input included. `batch.domains` stays too, so that a
 * method beside this one still conditions on the domain.
 */
@Plugin('domain-blind', {
  description: 'The domain left out: the backbone sees zeros in place of the domain’s fields.',
})
export class DomainBlind extends DomainPlugin {
  override embedding({ schema, dim }: EmbeddingSite): EmbeddingInterceptor {
    const { fields, domainFields, domainSources = [] } = schema;
    const hidden = new Set([...domainFields, ...domainSources]);
    const mask = fields.flatMap(({ name }) => Array<number>(dim).fill(hidden.has(name) ? 0 : 1)); // [F * k]
    return (embedded) => embedded.map((flat) => mul(flat, tensor(mask, [1, mask.length])));
  }
}
