import { createHash } from 'node:crypto';
import { arraysOf } from './bag-table.js';
import type { EncodedData } from './encoded-data.js';

/**
 * SHA-256 over everything that training reads: ids, bags, labels, domains, splits, groups, weights and the schema. Hexadecimal.
 */
export function dataFingerprint({
  schema,
  ids,
  bags = [],
  labels,
  domains,
  splits,
  groups,
  weights,
}: EncodedData): string {
  const hash = createHash('sha256').update(JSON.stringify(schema));
  const { train, validation, test } = splits;
  const optional = [
    ...(groups ? [groups] : []),
    ...(weights ? [weights] : []),
    ...bags.flatMap((table) => (table ? arraysOf(table) : [])),
  ];
  for (const array of [ids, labels, domains, train, validation, test, ...optional]) {
    hash.update(`/${array?.length ?? 'none'}/`);
    if (array) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hash.digest('hex');
}
