/**
 * The first item of a list.
 * @throws RangeError for an empty list.
 */
export function firstOf<T>(list: ArrayLike<T>): T {
  return itemAt(list, 0);
}

/**
 * The last item of a list.
 * @throws RangeError for an empty list.
 */
export function lastOf<T>(list: ArrayLike<T>): T {
  return itemAt(list, list.length - 1);
}

/**
 * The item at a place of a list. For loops over many numbers an index is faster.
 * @param index a whole number, at least 0.
 * @throws RangeError for a place that the list does not have.
 */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  if (!(index >= 0 && index < list.length)) throw new RangeError(`No item ${index} in a list of ${list.length}.`);
  return list[index] as T;
}

/**
 * The two items of a list of two.
 * @throws RangeError for a list of another length.
 */
export function pairOf<T>(list: ArrayLike<T>): [T, T] {
  if (list.length !== 2) throw new RangeError(`A list of ${list.length} is no pair.`);
  return [itemAt(list, 0), itemAt(list, 1)];
}

/**
 * The value of a key.
 * @throws RangeError for a key that the map does not have.
 */
export function getOrThrow<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined && !map.has(key)) throw new RangeError(`No value for the key ${String(key)}.`);
  return value as V;
}

/** A list of at least one item. */
export type NonEmpty<T> = readonly [T, ...T[]];

/**
 * A list as one of at least one item, for taking its first item apart from the others.
 * @throws RangeError for an empty list.
 */
export function nonEmpty<T>(list: readonly T[]): NonEmpty<T> {
  return [firstOf(list), ...list.slice(1)];
}
