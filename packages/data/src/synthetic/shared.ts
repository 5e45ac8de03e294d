import { type Component, type ComponentContext, NOTHING, ONE_ROW } from './component.js';
import { Random } from '@mdctr/base';
import { centreRows, meanSquare, scale, scaleTo } from './tables.js';

/** Width of the latent factors. */
const LATENT = 3;

/**
 * By field: [values] effects, of mean 0 and mean square w_f^2 over the field's values; the squares of the fields' weights
 * w_f, which differ up to threefold, sum to 1.
 */
export function fieldEffects({ settings, population }: ComponentContext): Float64Array[] {
  const stream = new Random(settings.seed, 'shared/effects');
  const weights = settings.fields.map(() => 0.5 + stream.uniform());
  const norm = Math.hypot(...weights);
  return settings.fields.map((size, f) => {
    const cells = stream.irwinHalls(size);
    const table = { cells, rowWeights: ONE_ROW, columnWeights: population.popularity[f]! };
    centreRows(table);
    scale(cells, scaleTo(weights[f]! / norm, meanSquare(table)));
    return cells;
  });
}

/** Sum over fields of the effect of the field's value. */
export function sharedEffects({ settings }: ComponentContext, effects: readonly Float64Array[]): Component {
  const strength = settings.shared.effects;
  if (strength === 0) return NOTHING;
  return (_domain, values) => {
    let sum = 0;
    for (let f = 0; f < effects.length; f++) sum += effects[f]![values[f]!]!;
    return strength * sum;
  };
}

/**
 * A factorisation machine without its linear part: sum over pairs of fields of the dot product of the two values'
 * latent factors. Factors have mean 0 over a field's values, so that the sum holds no effects of single values.
 */
export function sharedInteractions({ settings, population }: ComponentContext): Component {
  const { seed, fields, shared } = settings;
  if (shared.interactions === 0) return NOTHING;
  const stream = new Random(seed, 'shared/interactions');
  // By field and factor: [values].
  const factors = fields.map((size, f) =>
    Array.from({ length: LATENT }, () => {
      const cells = stream.irwinHalls(size);
      centreRows({ cells, rowWeights: ONE_ROW, columnWeights: population.popularity[f]! });
      return cells;
    }),
  );
  const factor = scaleTo(shared.interactions, pairVariance(factors, population.popularity));
  return (_domain, values) => {
    let sum = 0;
    for (let k = 0; k < LATENT; k++) {
      let total = 0;
      let squares = 0;
      for (let f = 0; f < factors.length; f++) {
        const u = factors[f]![k]![values[f]!]!;
        total += u;
        squares += u * u;
      }
      sum += total * total - squares; // twice the sum over pairs
    }
    return (factor * sum) / 2;
  };
}

/** Variance of the sum over pairs: that of <u, v> is the trace of the product of both covariances. */
function pairVariance(factors: readonly (readonly Float64Array[])[], popularity: readonly Float64Array[]): number {
  const covariances = factors.map((field, f) =>
    field.flatMap((a) => field.map((b) => a.reduce((sum, x, v) => sum + popularity[f]![v]! * x * b[v]!, 0))),
  );
  let sum = 0;
  for (let a = 0; a < covariances.length; a++) {
    for (let b = 0; b < a; b++) covariances[a]!.forEach((x, i) => (sum += x * covariances[b]![i]!));
  }
  return sum;
}
