import { MdctrError } from '@mdctr/base';
import type { Component } from './component.js';
import { type SyntheticOptions, syntheticSettings, type SyntheticSettings } from './options.js';
import { Population } from './population.js';
import { fieldEffects, sharedEffects, sharedInteractions } from './shared.js';
import { baseRate, domainInteractions, fieldWeights, valueEffects } from './specific.js';
import { Random } from '@mdctr/base';

/** Impressions that the intercept is fitted on. */
const SAMPLE = 20_000;
/** Most numbers that the tables of value effects may hold: a gigabyte. */
const ROOM = 2 ** 27;

/** The law that synthetic clicks follow: docs/synthetic.md has it as formulas. */
export class SyntheticProcess {
  readonly settings: SyntheticSettings;
  readonly population: Population;
  /** What each kind of structure adds to the logit. */
  readonly components: Readonly<
    Record<'effects' | 'interactions' | 'baseRate' | 'fieldWeights' | 'valueEffects' | 'domainInteractions', Component>
  >;
  private readonly sum: readonly Component[];
  private readonly intercept: number;

  /** @throws MdctrError MDCTR_DATA_SYNTHETIC if its tables would not fit into memory. */
  constructor(options: SyntheticOptions) {
    this.settings = syntheticSettings(options);
    requireRoom(this.settings);
    this.population = new Population(this.settings);
    const effects = fieldEffects(this);
    this.components = {
      effects: sharedEffects(this, effects),
      interactions: sharedInteractions(this),
      baseRate: baseRate(this),
      fieldWeights: fieldWeights(this, effects),
      valueEffects: valueEffects(this),
      domainInteractions: domainInteractions(this),
    };
    this.sum = Object.values(this.components);
    this.intercept = this.fitIntercept();
  }

  /** The true probability of a click on an impression with these `values` [fields] in this domain (from 0 on). */
  probability(domain: number, values: Int32Array): number {
    const { clickRate, labelNoise } = this.settings;
    return (1 - labelNoise) * sigmoid(this.intercept + this.structure(domain, values)) + labelNoise * clickRate;
  }

  private structure(domain: number, values: Int32Array): number {
    let logit = 0;
    for (const component of this.sum) logit += component(domain, values);
    return logit;
  }

  /** The intercept with which the mean probability is the click rate, by bisection on a sample. */
  private fitIntercept(): number {
    const stream = new Random(this.settings.seed, 'intercept');
    const values = new Int32Array(this.settings.fields.length);
    const logits = Float64Array.from({ length: SAMPLE }, () =>
      this.structure(this.population.draw(stream, values), values),
    );
    let [low, high] = [-50, 50];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      const mean = logits.reduce((sum, logit) => sum + sigmoid(middle + logit), 0) / SAMPLE;
      if (mean < this.settings.clickRate) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }
}

function requireRoom({ domains, fields }: SyntheticSettings): void {
  const values = fields.reduce((a, b) => a + b, 0);
  if (domains * values <= ROOM) return;
  throw new MdctrError('MDCTR_DATA_SYNTHETIC', {
    what: 'The synthetic data have too many values for so many domains: each domain has an effect for each value.',
    expected: `at most ${ROOM} of both multiplied`,
    found: `${domains} domains, ${values} values`,
    hint: 'Lower data.source.domains or the numbers in data.source.fields.',
  });
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
