import { Random } from '@mdctr/tensor';

const FIELDS = 20;
const [SMALLEST, LARGEST] = [10, 300_000];
const BASE = -1.4;
const [EFFECTS, INTERACTIONS, DOMAIN_RATE, DOMAIN_WEIGHTS] = [0.2, 0.2, 0.4, 0.5];

/** Number of values of each field, from few to many. */
export const fieldSizes = Array.from({ length: FIELDS }, (_, f) =>
  Math.round(SMALLEST * (LARGEST / SMALLEST) ** (f / (FIELDS - 1))),
);

/**
 * What rows are drawn from: power-law ids and domains, and for the click
 * logit = base + rate_d + .2 sum_f w_df e_f(id_f) + .2 sum_(odd f) u_f(id_f) u_f+1(id_f+1), with e, u standard normal and
 * w_df around 1: effects of single values that domains weigh differently, and interactions of pairs of fields.
 */
export class Law {
  constructor(seed, domains) {
    this.random = new Random(seed).fork('rows');
    const normal = (name, size) => {
      const random = new Random(seed).fork(name);
      return Float32Array.from({ length: size }, () => random.normal());
    };
    this.domains = domains;
    this.rates = normal('rates', domains);
    this.weights = normal('weights', domains * FIELDS).map((w) => 1 + DOMAIN_WEIGHTS * w);
    this.effects = fieldSizes.map((size, f) => normal(`effects/${f}`, size));
    this.factors = fieldSizes.map((size, f) => normal(`factors/${f}`, size));
  }

  /** Draws a row: its ids into `ids` [fields], counted from 0; the rest is returned. */
  draw(ids) {
    const { random, domains } = this;
    const domain = Math.floor(domains * random.uniform() ** 2);
    let [effects, interactions, before] = [0, 0, 0];
    for (let f = 0; f < FIELDS; f++) {
      const id = (ids[f] = Math.floor(fieldSizes[f] * random.uniform() ** 4));
      effects += this.weights[domain * FIELDS + f] * this.effects[f][id];
      if (f % 2 === 1) interactions += before * this.factors[f][id];
      before = this.factors[f][id];
    }
    const logit = BASE + DOMAIN_RATE * this.rates[domain] + EFFECTS * effects + INTERACTIONS * interactions;
    return { domain, logit, click: random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0 };
  }
}
