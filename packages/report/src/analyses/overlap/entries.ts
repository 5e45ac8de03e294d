import { between, pairsOf } from './pairs.js';
import type { SimilarityMeasure } from '../../results/data.js';
import { distinct, sameCell } from '../../figures/cells.js';
import { betweenDomains, type CellMatrix, type Panel } from '../../figures/matrices.js';
import { rounded, similaritiesOf } from '../../figures/similarities.js';
import type { CellKey } from '../../results/cell-key.js';
import { cellKey } from '../../table/cells.js';
import type { TabulatedStudy } from '../analysed-study.js';
import type { OverlapAnalysis, OverlapRow } from './types.js';

/** What a plugin says of pairs of domains at a layer, against a measure of similarity. */
export interface OverlapScatter extends CellKey {
  readonly plugin: string;
  readonly name: string;
  /** Of what the plugin says. */
  readonly range?: readonly [number, number];
  readonly panels: readonly OverlapPanel[];
  readonly omitted: number;
}

export interface OverlapPanel {
  readonly layer: string;
  readonly measure: string;
  /** Mean and deviation over seeds of Spearman's correlation, over all pairs. */
  readonly correlation: { readonly mean: number; readonly std: number | null } | null;
  readonly pairs: readonly OverlapPair[];
}

export interface OverlapPair {
  readonly a: string;
  readonly b: string;
  readonly similarity: number;
  /** Mean over seeds. */
  readonly overlap: number;
  /** Of the three domains that the data name. */
  readonly chosen: boolean;
}

/** Domains that the pairs of a scatter are of: the largest, and those that the data name. */
const PAIRED = 16;

/** A scatter for each plugin's matrix of pairs, of the settings whose data say how alike domains are. */
export function overlapScattersOf({ rows }: OverlapAnalysis, study: TabulatedStudy): OverlapScatter[] {
  const facts = similaritiesOf(study);
  return betweenDomains(study).flatMap((map): OverlapScatter[] => {
    const similarity = facts.find(({ setting }) => setting === map.setting)?.similarity;
    if (!similarity) return [];
    const chosen: readonly string[] = similarity.chosen ?? [];
    const domains = distinct([...map.domains.slice(0, PAIRED), ...chosen.filter((one) => map.domains.includes(one))]);
    const panels = map.panels.flatMap((panel) =>
      similarity.measures.map((measure): OverlapPanel => {
        const correlation = correlationOf(rows, map, panel, measure);
        const pairs = pairsOf(domains).flatMap(([a, b]): OverlapPair[] => {
          const said = rounded(between(map.domains, panel.values, a, b));
          const alike = rounded(between(similarity.domains, measure.values, a, b));
          if (said === null || alike === null) return [];
          return [{ a, b, similarity: alike, overlap: said, chosen: chosen.includes(a) && chosen.includes(b) }];
        });
        return { layer: panel.layer, measure: measure.name, pairs, correlation };
      }),
    );
    const shown = panels.filter(({ pairs }) => pairs.length > 0);
    if (shown.length === 0) return [];
    const { plugin, name, range } = map;
    const omitted = map.domains.length + map.omitted - domains.length;
    return [{ ...cellKey(map), plugin, name, ...(range && { range }), panels: shown, omitted }];
  });
}

/** The rank correlation that the analysis found for a layer and a measure. */
function correlationOf(
  rows: readonly OverlapRow[],
  map: CellMatrix,
  { layer }: Panel,
  measure: SimilarityMeasure,
): OverlapPanel['correlation'] {
  const found = rows.find(
    (row) =>
      sameCell(row, map) &&
      row.plugin === map.plugin &&
      row.name === map.name &&
      row.layer === layer &&
      row.measure === measure.name,
  )?.correlation;
  return found ? { mean: found.mean, std: found.std } : null;
}
