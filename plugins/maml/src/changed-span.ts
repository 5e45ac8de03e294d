/** The part of an array that differs from another, from the first changed element to the last. */
export interface ChangedSpan {
  readonly begin: number;
  readonly values: Float32Array;
}

/**
 * What changed, or undefined where nothing did. A parameter that holds a part for each domain changes in the part of the
 * domain at hand alone: keeping whole copies would grow with the square of the number of domains.
 */
export function changedSpan(before: Float32Array, after: Float32Array): ChangedSpan | undefined {
  let begin = 0;
  let end = after.length;
  while (begin < end && after[begin] === before[begin]) begin++;
  while (end > begin && after[end - 1] === before[end - 1]) end--;
  return begin === end ? undefined : { begin, values: after.slice(begin, end) };
}

/** The array with the span in its place; a copy, unless the span is the whole of it. */
export function withSpan(before: () => Float32Array, size: number, { begin, values }: ChangedSpan): Float32Array {
  if (values.length === size) return values;
  const whole = before().slice();
  whole.set(values, begin);
  return whole;
}
