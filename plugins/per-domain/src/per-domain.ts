import { DomainPlugin, Plugin, type Forward, type NetworkSite } from '@mdctr/core';
import { add, mul } from '@mdctr/tensor';

/**
 * One network a domain: the whole backbone, first layer to logit, exists once for each seen domain, and a row passes
 * through that of its own domain alone. The embedding table is shared. All networks begin with the same values. Rows of
 * a domain never seen get the mean of all networks' logits.
 */
@Plugin('per-domain', {
  description: 'One network a domain over a shared embedding table: the naive end of the scale.',
  roles: ['network-per-domain'],
  owns: {
    kernel: 'gives each domain kernels of its own',
    tower: 'builds every tower once a domain',
    'shared network': 'leaves no network that domains share',
  },
})
export class PerDomain extends DomainPlugin {
  override network(site: NetworkSite): Forward {
    // Row d - 1 is that of domain id d; id 0 stands for the domains never seen.
    const networks = site.schema.domains.slice(1).map((_, i) => site.build(`domain-${i + 1}`));
    const meanOfAll: Forward = (embedded, batch) => {
      const logits = networks.map((network) => network(embedded, batch)); // [rows, 1] each
      return mul(logits.reduce(add), 1 / networks.length);
    };
    return (embedded, batch) =>
      batch.byDomain(embedded.flat(), (rows, part) => {
        const network = networks[part.domainIds[0]! - 1] ?? meanOfAll;
        return network(
          embedded.map(() => rows),
          part,
        );
      });
  }
}
