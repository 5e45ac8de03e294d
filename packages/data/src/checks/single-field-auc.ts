/** How strongly the mean of a value is pulled towards the mean of all rows: as if it had this many more rows. */
const SMOOTHING = 10;

/**
 * AUC of one field alone on rows that it did not see: every row is scored by the smoothed mean label that its value has
 * in the other half of the rows, and each half is ranked apart. .5 for a field that tells nothing, and for one whose
 * values never come twice. Undefined where a half has fewer than five rows of a class.
 *
 * @param ids [N * F] row-major ids, those of the field at `column`.
 * @param rows the rows to look at.
 */
export function singleFieldAuc(
  { ids, labels }: { readonly ids: Int32Array; readonly labels: Float32Array },
  rows: Int32Array,
  { column, fields }: { readonly column: number; readonly fields: number },
): number | undefined {
  // Ids that occur, numbered: a hashed field may have many more.
  const numbered = new Map<number, number>();
  const places = rows.map((row) => {
    const id = ids[row * fields + column]!;
    const place = numbered.get(id) ?? numbered.size;
    if (place === numbered.size) numbered.set(id, place);
    return place;
  });
  const { size } = numbered;
  const count = [new Float64Array(size), new Float64Array(size)] as const;
  const clicks = [new Float64Array(size), new Float64Array(size)] as const;
  rows.forEach((row, i) => {
    const half = halfOf(row);
    count[half][places[i]!]!++;
    clicks[half][places[i]!]! += labels[row]!;
  });
  const aucs = ([0, 1] as const).map((half) => {
    const other = half === 0 ? 1 : 0;
    const score = smoothedMeans(clicks[other], count[other]);
    return groupedAuc(score, clicks[half], count[half]);
  });
  const defined = aucs.filter((auc) => auc !== undefined);
  return defined.length === 0 ? undefined : defined.reduce((sum, auc) => sum + auc, 0) / defined.length;
}

/** Halves that no order of the rows falls in with. */
const halfOf = (row: number): 0 | 1 => (Math.imul(row, 0x9e3779b1) >>> 31) as 0 | 1;

function smoothedMeans(clicks: Float64Array, count: Float64Array): Float64Array {
  const prior = sum(clicks) / sum(count);
  return clicks.map((value, id) => (value + SMOOTHING * prior) / (count[id]! + SMOOTHING));
}

/** AUC of rows that come in groups of one score; ties count half. */
function groupedAuc(score: Float64Array, clicks: Float64Array, count: Float64Array): number | undefined {
  const positives = sum(clicks);
  const negatives = sum(count) - positives;
  if (positives < 5 || negatives < 5) return undefined;
  const order = Array.from(score.keys())
    .filter((id) => count[id]! > 0)
    .sort((a, b) => score[a]! - score[b]!);
  let [below, pairs] = [0, 0];
  for (let begin = 0; begin < order.length;) {
    let [end, tiedPositives, tiedNegatives] = [begin, 0, 0];
    for (; end < order.length && score[order[end]!] === score[order[begin]!]; end++) {
      tiedPositives += clicks[order[end]!]!;
      tiedNegatives += count[order[end]!]! - clicks[order[end]!]!;
    }
    pairs += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    begin = end;
  }
  return pairs / (positives * negatives);
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
