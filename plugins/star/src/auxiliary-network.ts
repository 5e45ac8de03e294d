import type { LogitInterceptor, LogitSite } from '@mdctr/core';
import { activate, add, concat } from '@mdctr/tensor';
import type { StarOptions } from './options.js';

/**
 * Auxiliary network: a small network on [domain embedding ; all embedded fields] whose logit is added to the main one,
 * so that the click probability is sigma(s_main + s_aux). Source: STAR, section 4.4, eq. 11.
 */
export function auxiliaryNetwork(site: LogitSite, options: StarOptions['auxiliary']): LogitInterceptor {
  const { hiddenUnits, activation } = options;
  const scope = site.scope('auxiliary');
  const widths = [site.domainWidth + site.fields * site.dim, ...hiddenUnits];
  const hidden = hiddenUnits.map((units, i) => scope.dense(String(i), widths[i]!, units));
  const last = scope.dense('logit', widths[widths.length - 1]!, 1);
  return (logit, batch, embedded) => {
    const seen = concat([batch.spread(batch.domains), embedded.flat()], 1); // [B, domain width + F k]
    const top = hidden.reduce((x, layer) => activate(activation, layer(x)), seen);
    return add(logit, last(top));
  };
}
