import type { SyntheticSettings } from './options.js';
import type { Population } from './population.js';

/** What one kind of structure adds to the logit of an impression: `values` [fields] in a domain. */
export type Component = (domain: number, values: Int32Array) => number;

export interface ComponentContext {
  readonly settings: SyntheticSettings;
  readonly population: Population;
}

export const NOTHING: Component = () => 0;

/** Weights of the only row of a table that all domains share. */
export const ONE_ROW = Float64Array.of(1);
