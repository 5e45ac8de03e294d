/** A table of numbers by (row, column), and how often rows and columns occur. */
export interface Table {
  readonly cells: Float64Array;
  /** Weights that sum to 1. */
  readonly rowWeights: Float64Array;
  readonly columnWeights: Float64Array;
}

/** Takes the weighted mean from every column: what remains is how rows differ. */
export function centreColumns({ cells, rowWeights, columnWeights }: Table): void {
  const columns = columnWeights.length;
  for (let c = 0; c < columns; c++) {
    let mean = 0;
    rowWeights.forEach((weight, r) => (mean += weight * cells[r * columns + c]!));
    for (let r = 0; r < rowWeights.length; r++) cells[r * columns + c]! -= mean;
  }
}

/** Takes the weighted mean from every row: what remains is how columns differ. */
export function centreRows({ cells, rowWeights, columnWeights }: Table): void {
  const columns = columnWeights.length;
  for (let r = 0; r < rowWeights.length; r++) {
    let mean = 0;
    columnWeights.forEach((weight, c) => (mean += weight * cells[r * columns + c]!));
    for (let c = 0; c < columns; c++) cells[r * columns + c]! -= mean;
  }
}

/** Mean square over rows and columns drawn independently. */
export function meanSquare({ cells, rowWeights, columnWeights }: Table): number {
  const columns = columnWeights.length;
  let sum = 0;
  for (let r = 0; r < rowWeights.length; r++) {
    for (let c = 0; c < columns; c++) sum += rowWeights[r]! * columnWeights[c]! * cells[r * columns + c]! ** 2;
  }
  return sum;
}

/** The factor that brings a mean square to `strength` squared; 0 where there is nothing to scale. */
export function scaleTo(strength: number, square: number): number {
  return square > 1e-20 ? strength / Math.sqrt(square) : 0;
}

/** Multiplies all cells. */
export function scale(cells: Float64Array, factor: number): void {
  for (let i = 0; i < cells.length; i++) cells[i]! *= factor;
}
