import { literal } from '../database/sql.js';
import type { Encoding } from '../options/field-spec.js';

/**
 * SQL: the id of a text that is hashed, 0 for none. It is 1 + h mod buckets, h being the first eight bytes, read as a
 * little-endian unsigned number, of the MD5 of SEED/TEXT in UTF-8.
 */
export function hashedId(text: string, { seed, buckets }: Extract<Encoding, { kind: 'hash' }>): string {
  return `coalesce(1 + md5_number_upper(${literal(`${seed}/`)} || ${text}) % ${buckets}, 0)::INTEGER`;
}
