import { chooseAlikeAndDifferent, domainSimilarity, type EncodedData } from '@mdctr/data';
import { evaluateScores, type MetricValues } from '@mdctr/metrics';
import type { DataFacts } from '@mdctr/report';

/**
 * What results say of the data of a setting.
 * @param compared whether domains are compared with one another, by their training rows.
 */
export function describeData(data: EncodedData, split: 'validation' | 'test', compared: boolean): DataFacts {
  const rows = data.splits[split];
  const { domains } = data;
  const evaluated = new Set(Array.from(rows, (row) => domains[row]!).filter((domain) => domain > 0)).size;
  const unevaluated = data.schema.domains.length - 1 - evaluated;
  const best = bestPossible(data, split);
  return {
    rows: data.rows,
    fields: data.schema.fields.length,
    domains: data.schema.domains.length - 1,
    trainRows: data.splits.train.length,
    evaluationRows: rows.length,
    ...(unevaluated > 0 && { unevaluatedDomains: unevaluated }),
    domainSizes: domainSizes(data),
    ...(compared && data.schema.domains.length > 2 && { similarity: similarityOf(data) }),
    ...(data.warnings && data.warnings.length > 0 && { warnings: data.warnings }),
    ...(best && { bestPossible: best }),
  };
}

/** Metrics of the true probabilities, where they are known. */
export function bestPossible(data: EncodedData, split: 'validation' | 'test'): MetricValues | undefined {
  const { oracle, labels, domains } = data;
  if (!oracle || !labels) return undefined;
  const rows = data.splits[split];
  return evaluateScores({
    scores: Float32Array.from(rows, (row) => oracle[row]!),
    labels: Float32Array.from(rows, (row) => labels[row]!),
    domains: Int32Array.from(rows, (row) => domains[row]!),
    domainLabels: data.schema.domains,
  }).metrics;
}

/** Domains that training never saw have no size: domain 0 is left out where it is empty. */
function domainSizes({ schema, domains, splits }: EncodedData): { domain: string; trainRows: number }[] {
  const rows = new Float64Array(schema.domains.length);
  for (const row of splits.train) rows[domains[row]!]!++;
  return schema.domains
    .map((domain, id) => ({ domain, trainRows: rows[id]! }))
    .filter(({ trainRows }) => trainRows > 0)
    .sort((a, b) => b.trainRows - a.trainRows);
}

/** How alike the largest domains are, and three that were chosen by it before any model was trained. */
function similarityOf(data: EncodedData): NonNullable<DataFacts['similarity']> {
  const similarity = domainSimilarity(data);
  const chosen = chooseAlikeAndDifferent(similarity);
  const round = (values: readonly (readonly (number | null)[])[]): (number | null)[][] =>
    values.map((row) => row.map((value) => value && Math.round(value * 1e4) / 1e4));
  return {
    domains: similarity.domains.map(({ label }) => label),
    measures: [
      {
        name: 'audience',
        meaning: 'How alike the impressions are: 1 less the Jensen-Shannon distance of the fields’ values, on average.',
        range: [0, 1],
        values: round(similarity.audience),
      },
      {
        name: 'response',
        meaning:
          'How alike the clicks are: the correlation of the values’ shifts of the log-odds, averaged over the fields.',
        range: [-1, 1],
        values: round(similarity.response),
      },
    ],
    ...(chosen && { chosen: [chosen.alike[0].label, chosen.alike[1].label, chosen.different.label] as const }),
  };
}
