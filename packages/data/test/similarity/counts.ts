export const counts = (rows: number[][], clicks: number[][] = rows) => ({
  values: rows[0]!.length,
  rows: Float64Array.from(rows.flat()),
  clicks: Float64Array.from(clicks.flat()),
});
