import { targetMeanOf } from '../options/field-spec.js';
import type { EncodedData } from '../encode/encoded-data.js';
import { jensenShannonDistance } from './audience.js';
import { countValues } from './count-values.js';
import { shiftCorrelation, valueShifts } from './response.js';

/** How alike domains are, by their training rows alone. */
export interface DomainSimilarity {
  /** The D domains that are compared, by training rows, the largest first. */
  readonly domains: readonly ComparedDomain[];
  /**
   * [D][D] how alike their impressions are, from 0 to 1: 1 less the Jensen-Shannon distance of a field's values, averaged over
   * the fields.
   */
  readonly audience: readonly (readonly number[])[];
  /**
   * [D][D] how alike their clicks are, from -1 to 1: the correlation of the values' shifts of the log-odds of a click, averaged over
   * the fields; null where too few rows tell.
   */
  readonly response: readonly (readonly (number | null)[])[];
}

export interface ComparedDomain {
  readonly id: number;
  readonly label: string;
  /** Training rows, and those of them with a click. */
  readonly rows: number;
  readonly clicks: number;
}

/**
 * Compares the largest domains with one another. Fields of the domain, fields that describe it and those that it was made
 * of are left out: they differ by definition. So are target means, which are what the response is. For formulas and sources
 * see `jensenShannonDistance`, `valueShifts` and `shiftCorrelation`; what the figures can and cannot say is in
 * docs/guides/data.md.
 * @param options.domains how many at most; 30 by default.
 */
export function domainSimilarity(
  data: EncodedData,
  { domains: most = 30 }: { readonly domains?: number } = {},
): DomainSimilarity {
  const domains = largestDomains(data, most);
  const D = domains.length;
  const places = new Int32Array(data.schema.domains.length).fill(-1);
  domains.forEach(({ id }, place) => (places[id] = place));
  const { fields, domainFields, domainSources = [] } = data.schema;
  const means = data.featureMap.fields.filter(targetMeanOf).map(({ name }) => name);
  const left = new Set([...domainFields, ...domainSources, ...means]);
  const compared = [...fields.keys()].filter((f) => !left.has(fields[f]!.name));
  const rows = data.splits.train.filter((row) => places[data.domains[row]!]! >= 0);
  const [distance, correlation, counted] = [pairs(D), pairs(D), pairs(D)];
  for (const field of compared) {
    const counts = countValues(data, field, rows, places, D);
    const shifts = valueShifts(counts);
    forEachPair(D, (one, other) => {
      distance[one]![other]! += jensenShannonDistance(counts, one, other) / compared.length;
      const found = shiftCorrelation(counts, shifts, one, other);
      if (found === undefined) return;
      correlation[one]![other]! += found;
      counted[one]![other]!++;
    });
  }
  const symmetric = <T>(self: T, of: (one: number, other: number) => T): T[][] =>
    pairs(D).map((row, i) => row.map((_, j) => (i === j ? self : of(Math.min(i, j), Math.max(i, j)))));
  return {
    domains,
    audience: symmetric(1, (one, other) => 1 - distance[one]![other]!),
    response: symmetric<number | null>(1, (one, other) =>
      counted[one]![other]! > 0 ? correlation[one]![other]! / counted[one]![other]! : null,
    ),
  };
}

function largestDomains({ schema, splits, domains, labels }: EncodedData, most: number): ComparedDomain[] {
  const [rows, clicks] = [new Float64Array(schema.domains.length), new Float64Array(schema.domains.length)];
  for (const row of splits.train) {
    rows[domains[row]!]!++;
    clicks[domains[row]!]! += labels![row]!;
  }
  return schema.domains
    .map((label, id) => ({ id, label, rows: rows[id]!, clicks: clicks[id]! }))
    .filter(({ id, rows }) => id > 0 && rows > 0)
    .sort((a, b) => b.rows - a.rows || a.id - b.id)
    .slice(0, most);
}

const pairs = (D: number): number[][] => Array.from({ length: D }, () => new Array<number>(D).fill(0));

/** Calls `body` with every pair, the smaller place first. */
function forEachPair(D: number, body: (one: number, other: number) => void): void {
  for (let one = 0; one < D; one++) for (let other = one + 1; other < D; other++) body(one, other);
}
