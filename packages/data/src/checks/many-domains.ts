import type { EncodedData } from '../encode/encoded-data.js';

/** From so many domains on, most have hardly any rows in a data set of usual size. */
const MANY_DOMAINS = 1000;

/** A warning where there are so many domains that most have hardly any rows. */
export function manyDomainsWarning({ schema, splits }: EncodedData): string[] {
  const count = schema.domains.length - 1;
  if (count <= MANY_DOMAINS) return [];
  const each = Math.round(splits.train.length / count);
  return [`${count} domains with ${each} training rows each on average; data.rareDomains merges those of few rows.`];
}
