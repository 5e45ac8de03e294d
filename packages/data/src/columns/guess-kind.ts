import type { ColumnFacts } from './column-facts.js';

export type ColumnKind =
  | 'empty'
  | 'constant'
  | 'row number'
  | 'unique'
  | 'timestamp'
  | 'date'
  | 'multi-valued'
  | 'numeric'
  | 'binary'
  | 'categorical';

const TIME_NAME = /time|date|stamp|(^|_)(ts|dt|day)($|_)/i;
const NUMBER_NAME =
  /(^|[_.-])(price|cost|amount|duration|length|width|height|size|score|rate|ratio|prob|probability|age|num|count|cnt|views?|ms|sec|seconds|value)($|[_.-]|\d)/i;

/** In how many distinct values a part comes, on average, where values are lists and not texts that hold a separator. */
const REUSE = 1.5;

/** What a column holds, with the reason. */
export function guessKind(facts: ColumnFacts): { readonly kind: ColumnKind; readonly reason: string } {
  const { name, rows, missing, distinct, numbers, integers, least, most } = facts;
  if (distinct === 0) return { kind: 'empty', reason: 'no cell has a value' };
  if (distinct === 1 && missing === 0) return { kind: 'constant', reason: `always ${facts.examples[0]}` };
  if (facts.timestamps > 0.99) return { kind: 'timestamp', reason: `times like ${facts.examples[0]}` };
  if (integers === 1 && distinct === rows && rows > 20 && most - least === rows - 1) {
    return { kind: 'row number', reason: `counts from ${least} to ${most}` };
  }
  const unit = integers === 1 && distinct > 20 ? epochUnit(least, most, TIME_NAME.test(name)) : undefined;
  if (unit) return { kind: 'timestamp', reason: `numbers in the range of ${unit} since 1970` };
  if (facts.dates > 0.99 && (numbers < 0.5 || TIME_NAME.test(name))) {
    return { kind: 'date', reason: `dates like ${facts.examples[0]}` };
  }
  if (facts.separated >= 0.05 && facts.allParts >= REUSE * facts.parts && numbers < 0.99) {
    return {
      kind: 'multi-valued',
      reason: `${percent(facts.separated)} hold "${facts.separator}": ${facts.parts} distinct parts, up to ${facts.longest} together`,
    };
  }
  if (rows > 100 && distinct + missing === rows && integers < 1 && numbers < 1) {
    return { kind: 'unique', reason: 'no value comes twice' };
  }
  if (distinct === 2 && missing === 0 && facts.examples.every((value) => /^(0|1|0\.0|1\.0|true|false)$/i.test(value))) {
    return { kind: 'binary', reason: `${[...facts.examples].sort().join(' and ')}` };
  }
  if (numbers > 0.99 && distinct > 50 && integers < 0.8)
    return { kind: 'numeric', reason: `numbers with a fraction, ${least} to ${most}` };
  if (numbers > 0.99 && distinct > 50 && NUMBER_NAME.test(name) && !/(^|_)id$/i.test(name)) {
    return { kind: 'numeric', reason: `numbers, ${least} to ${most}, and a name of a quantity` };
  }
  if (rows > 100 && distinct + missing === rows) return { kind: 'unique', reason: 'no value comes twice' };
  if (numbers <= 0.99) return { kind: 'categorical', reason: 'text' };
  const what = integers < 0.8 ? 'few numbers' : 'whole numbers';
  return { kind: 'categorical', reason: `${what}, taken for ids or levels` };
}

/** Seconds, ms, us or ns since 1970, if numbers can be that: from 2001 to 2035, and less than 20 years apart. */
function epochUnit(least: number, most: number, timeName: boolean): string | undefined {
  const units: [string, number][] = [
    ['seconds', 1],
    ['milliseconds', 1e3],
    ['microseconds', 1e6],
    ['nanoseconds', 1e9],
  ];
  const found = units.find(([, scale]) => least >= 1e9 * scale && most <= 2.05e9 * scale);
  if (!found || most - least > 6.3e8 * found[1]) return undefined;
  // Long ids may lie in this range by chance, over all of it: the name, or a narrow range, must speak for a time.
  return timeName || (found[0] !== 'seconds' && most - least < 6.3e7 * found[1]) ? found[0] : undefined;
}

export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 && share > 0 ? 1 : 0)}%`;
