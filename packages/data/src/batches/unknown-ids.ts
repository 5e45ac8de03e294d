import type { BatchOptions, FeatureSchema } from '@mdctr/core';
import { rowHash } from './row-hash.js';

/** How ids of a pass are replaced by that of unknown values, 0: each with the probability `rate`. */
export interface UnknownIds {
  readonly rate: number;
  readonly seed: number;
  readonly epoch: number;
}

/** Nothing where a pass keeps its ids; passes in input order always do. */
export function unknownIdsOf({ unknownRate = 0, shuffle }: BatchOptions): UnknownIds | undefined {
  return unknownRate > 0 && shuffle ? { rate: unknownRate, ...shuffle } : undefined;
}

/** By field: whether its ids may be replaced. Numbers have none, and what forms or describes the domain is known when a row is scored. */
export function replaceableFields({ fields, domainFields, domainSources = [] }: FeatureSchema): boolean[] {
  const domain = new Set([...domainFields, ...domainSources]);
  return fields.map(({ name, pooling }) => pooling !== 'scaled' && !domain.has(name));
}

/** Whether this row's id in this field is replaced; `element` is the place in a list, from 1, or 0 for a plain field. */
export function isReplaced({ rate, seed, epoch }: UnknownIds, row: number, field: number, element = 0): boolean {
  return rowHash(seed, epoch, row, Math.imul(element, 0x10001) + field + 1) < rate;
}

/** The elements of a row's list with those replaced; undefined where none is. */
export function replacedElements(
  elements: Int32Array,
  unknown: UnknownIds,
  row: number,
  field: number,
): Int32Array | undefined {
  let changed: Int32Array | undefined;
  for (let j = 0; j < elements.length; j++) {
    if (elements[j] === 0 || !isReplaced(unknown, row, field, j + 1)) continue;
    changed ??= elements.slice();
    changed[j] = 0;
  }
  return changed;
}
