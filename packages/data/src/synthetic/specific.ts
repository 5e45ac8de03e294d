import { type Component, type ComponentContext, NOTHING, ONE_ROW } from './component.js';
import { deviations } from './deviations.js';
import { Random, firstOf } from '@mdctr/base';
import { centreColumns, centreRows, meanSquare, scale, scaleTo } from './tables.js';

/** Pairs of fields that interact differently by domain. */
const PAIRS = 4;
/** Into how many levels the values of each of their fields fall. */
const LEVELS = 8;

/** A number for each domain. */
export function baseRate(context: ComponentContext): Component {
  const strength = context.settings.specific.baseRate;
  if (strength === 0) return NOTHING;
  const table = deviations(context, 'base-rate', ONE_ROW);
  scale(table.cells, scaleTo(strength, meanSquare(table)));
  return (domain) => table.cells[domain]!;
}

/** The shared effects of a field count more in some domains and less in others: a factor for each domain and field. */
export function fieldWeights(context: ComponentContext, effects: readonly Float64Array[]): Component {
  const strength = context.settings.specific.fieldWeights;
  if (strength === 0) return NOTHING;
  const fields = effects.length;
  // Mean square of each field's effects, by which its factors count.
  const squares = effects.map((cells, f) =>
    meanSquare({ cells, rowWeights: ONE_ROW, columnWeights: context.population.popularity[f]! }),
  );
  const { cells, ...weights } = deviations(context, 'field-weights', Float64Array.from(squares));
  scale(cells, scaleTo(strength, meanSquare({ cells, ...weights })));
  return (domain, values) => {
    let sum = 0;
    for (let f = 0; f < fields; f++) sum += cells[domain * fields + f]! * effects[f]![values[f]!]!;
    return sum;
  };
}

/** An effect for each domain and value; in each domain of mean 0 over a field's values. Fields count alike. */
export function valueEffects(context: ComponentContext): Component {
  const strength = context.settings.specific.valueEffects;
  if (strength === 0) return NOTHING;
  const { popularity } = context.population;
  const tables = popularity.map((weights, f) => {
    const table = deviations(context, `value-effects/${f}`, weights);
    centreRows(table);
    scale(table.cells, scaleTo(strength / Math.sqrt(popularity.length), meanSquare(table)));
    return table.cells;
  });
  const sizes = popularity.map((weights) => weights.length);
  return (domain, values) => {
    let sum = 0;
    for (let f = 0; f < tables.length; f++) sum += tables[f]![domain * sizes[f]! + values[f]!]!;
    return sum;
  };
}

/**
 * Interactions that are each domain's own: for some pairs of fields a table by domain and the levels of both values.
 * Value v has level v mod 8. Rows and columns of each table have mean 0, so that it holds no effects of single values.
 */
export function domainInteractions(context: ComponentContext): Component {
  const strength = context.settings.specific.interactions;
  if (strength === 0) return NOTHING;
  const { popularity } = context.population;
  const levels = popularity.map(levelWeights);
  const pairs = choosePairs(context);
  const tables = pairs.map(([a, b], i) => {
    const product = levels[a]!.length * levels[b]!.length;
    const weights = Float64Array.from({ length: product }, (_, cell) => {
      const across = levels[b]!.length;
      return levels[a]![Math.floor(cell / across)]! * levels[b]![cell % across]!;
    });
    const table = deviations(context, `interactions/${i}`, weights);
    for (let d = 0; d < context.settings.domains; d++) {
      const cells = table.cells.subarray(d * product, (d + 1) * product);
      const inDomain = { cells, rowWeights: levels[a]!, columnWeights: levels[b]! };
      centreRows(inDomain);
      centreColumns(inDomain);
    }
    scale(table.cells, scaleTo(strength / Math.sqrt(pairs.length), meanSquare(table)));
    return table.cells;
  });
  const counts = levels.map((weights) => weights.length);
  return (domain, values) => {
    let sum = 0;
    for (let i = 0; i < pairs.length; i++) {
      const [a, b] = pairs[i]!;
      const row = domain * counts[a]! + (values[a]! % counts[a]!);
      sum += tables[i]![row * counts[b]! + (values[b]! % counts[b]!)]!;
    }
    return sum;
  };
}

/** How often each level of a field occurs. */
function levelWeights(popularity: Float64Array): Float64Array {
  const weights = new Float64Array(Math.min(LEVELS, popularity.length));
  popularity.forEach((share, value) => (weights[value % weights.length]! += share));
  return weights;
}

/** Different pairs among the eight fields with the fewest values: what a few thousand rows of a domain can show. */
function choosePairs({ settings }: ComponentContext): [number, number][] {
  const small = settings.fields
    .map((size, f) => ({ size, f }))
    .sort((a, b) => a.size - b.size || a.f - b.f)
    .slice(0, 8)
    .map(({ f }) => f);
  const all = small.flatMap((a, i) => small.slice(0, i).map((b): [number, number] => [a, b]));
  const stream = new Random(settings.seed, 'specific/interactions/pairs');
  return Array.from({ length: Math.min(PAIRS, all.length) }, () => firstOf(all.splice(stream.integer(all.length), 1)));
}
