// @ts-check
import { DomainPlugin, Plugin } from '@mdctr/core';
import { add, mul, tanh, zeros } from '@mdctr/tensor';
import { Type } from 'typebox';

/** A bias a domain, made of the domain's embedding d: logit + limit tanh(d w). It begins at 0. */
export class DomainBias extends DomainPlugin {
  /** @param {{ limit: number }} options as the schema below gives them, defaults filled in */
  constructor(options) {
    super();
    this.options = options;
  }

  /**
   * @override
   * @param {import('@mdctr/core').LogitSite} site
   * @returns {import('@mdctr/core').LogitInterceptor}
   */
  logit(site) {
    const { limit } = this.options;
    const bias = site.scope().dense('bias', site.domainWidth, 1, { kernel: zeros, bias: false });
    return (logit, batch) => add(logit, batch.spread(mul(tanh(bias(batch.domains)), limit))); // [rows, 1]
  }
}

// A decorator is a function that is called with the class. (One for a constructor's parameter as well: to get the schedule as
// the second one, write inject(SCHEDULE)(DomainBias, undefined, 1).)
Plugin('domain-bias', {
  description: 'Adds a bias by domain to the logit.',
  options: Type.Object({
    limit: Type.Number({ exclusiveMinimum: 0, default: 1, description: 'How far a bias may be from 0.' }),
  }),
})(DomainBias);
