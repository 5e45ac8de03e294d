import type { SyntheticSettings } from './options.js';
import { powerLaw, sampler } from './power-law.js';
import { Random } from '@mdctr/base';

/** Who is shown what: how often each domain, and each value of each field, occurs. */
export class Population {
  /** [domains] share of the impressions. */
  readonly domainShares: Float64Array;
  /** By field: [values] popularity, the domains' own popularities left aside. */
  readonly popularity: readonly Float64Array[];
  /** [domains * fields] by how far the domain's own popularity is rotated along the list of values. */
  private readonly rotation: Int32Array;
  private readonly drawDomain: (u: number) => number;
  private readonly drawValue: readonly ((u: number) => number)[];

  constructor(private readonly settings: SyntheticSettings) {
    const { domains, fields, domainSkew, valueSkew, seed } = settings;
    this.domainShares = powerLaw(domains, domainSkew);
    this.popularity = fields.map((size) => powerLaw(size, valueSkew));
    this.drawDomain = sampler(this.domainShares);
    this.drawValue = this.popularity.map(sampler);
    this.rotation = new Int32Array(domains * fields.length);
    for (let d = 0; d < domains; d++) {
      const stream = new Random(seed, `audience/${d}`);
      fields.forEach((size, f) => (this.rotation[d * fields.length + f] = stream.integer(size)));
    }
  }

  /** Draws an impression: its values go into `values` [fields], its domain is returned. Always 1 + fields numbers. */
  draw(stream: Random, values: Int32Array): number {
    const { fields, audienceShift } = this.settings;
    const domain = this.drawDomain(stream.uniform());
    for (let f = 0; f < fields.length; f++) {
      const u = stream.uniform();
      const draw = this.drawValue[f]!;
      // One number serves twice: it chooses the popularity, and what is left of it the value.
      if (u < audienceShift) {
        values[f] = (draw(u / audienceShift) + this.rotation[domain * fields.length + f]!) % fields[f]!;
      } else values[f] = draw((u - audienceShift) / (1 - audienceShift));
    }
    return domain;
  }

  /** The probability of drawing this domain together with these `values` [fields]. */
  likelihood(domain: number, values: Int32Array): number {
    const { fields, audienceShift } = this.settings;
    let likelihood = this.domainShares[domain]!;
    for (let f = 0; f < fields.length; f++) {
      const popularity = this.popularity[f]!;
      const rotated = (values[f]! - this.rotation[domain * fields.length + f]! + fields[f]!) % fields[f]!;
      likelihood *= audienceShift * popularity[rotated]! + (1 - audienceShift) * popularity[values[f]!]!;
    }
    return likelihood;
  }
}
