/** The values of some rows. A loop: `from` with a function takes ten times as long. */
export function gather(values: Float32Array, rows: Int32Array): Float32Array {
  const found = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]!]!;
  return found;
}

/** The same of whole numbers. */
export function gatherIds(values: Int32Array, rows: Int32Array): Int32Array {
  const found = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) found[i] = values[rows[i]!]!;
  return found;
}
