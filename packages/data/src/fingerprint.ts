import { createHash } from 'node:crypto';
import type { EncodedData } from './encoded-data.js';

/** SHA-256 over everything that training reads: ids, labels, domains, splits, groups and the schema. Hexadecimal. */
export function dataFingerprint({ schema, ids, labels, domains, splits, groups }: EncodedData): string {
  const hash = createHash('sha256').update(JSON.stringify(schema));
  for (const array of [
    ids,
    labels,
    domains,
    splits.train,
    splits.validation,
    splits.test,
    ...(groups ? [groups] : []),
  ]) {
    hash.update(`/${array?.length ?? 'none'}/`);
    if (array) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hash.digest('hex');
}
