import { between, pairsOf, type Analyses, type CellKey, type DomainSimilarity, type StudyResults } from '@mdctr/report';
import { distinct, keyOf, sameCell } from './cells.js';
import { betweenDomains, type Panel } from './matrices.js';

/** How alike domains are by one measure. */
export interface SimilarityMap {
  readonly setting?: string;
  readonly name: string;
  readonly meaning: string;
  readonly domains: readonly string[];
  readonly range?: readonly [number, number];
  readonly panels: readonly [Panel];
  readonly omitted: number;
}

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

/** Domains of a map, and of the pairs of a scatter; the largest. */
const LINES = 30;
const PAIRED = 16;

export function similarityMapsOf(results: StudyResults): SimilarityMap[] {
  return factsOf(results).flatMap(({ setting, similarity: { domains, measures } }) =>
    measures.map(({ name, meaning, range, values }): SimilarityMap => {
      const shown = domains.slice(0, LINES);
      const cut = shown.map((_, i) => shown.map((_, j) => rounded(values[i]?.[j] ?? null)));
      return {
        ...(setting !== undefined && { setting }),
        ...{ name, meaning, domains: shown, ...(range && { range }) },
        panels: [{ layer: '', columns: shown, values: cut }],
        omitted: domains.length - shown.length,
      };
    }),
  );
}

export function overlapScattersOf(results: StudyResults, { overlap }: Analyses): OverlapScatter[] {
  if (!overlap) return [];
  const facts = factsOf(results);
  return betweenDomains(results).flatMap((map): OverlapScatter[] => {
    const similarity = facts.find(({ setting }) => setting === map.setting)?.similarity;
    if (!similarity) return [];
    const chosen: readonly string[] = similarity.chosen ?? [];
    const domains = distinct([...map.domains.slice(0, PAIRED), ...chosen.filter((one) => map.domains.includes(one))]);
    const panels = map.panels.flatMap(({ layer, values }) =>
      similarity.measures.map((measure): OverlapPanel => {
        const row = overlap.rows.find(
          (one) =>
            sameCell(one, map) &&
            one.plugin === map.plugin &&
            one.name === map.name &&
            one.layer === layer &&
            one.measure === measure.name,
        );
        const pairs = pairsOf(domains).flatMap(([a, b]): OverlapPair[] => {
          const [said, alike] = [
            between(map.domains, values, a, b),
            between(similarity.domains, measure.values, a, b),
          ].map(rounded);
          if (typeof said !== 'number' || typeof alike !== 'number') return [];
          return [{ a, b, similarity: alike, overlap: said, chosen: chosen.includes(a) && chosen.includes(b) }];
        });
        const { correlation = null } = row ?? {};
        return {
          ...{ layer, measure: measure.name, pairs },
          correlation: correlation && { mean: correlation.mean, std: correlation.std },
        };
      }),
    );
    const { plugin, name, range } = map;
    const omitted = map.domains.length + map.omitted - domains.length;
    const shown = panels.filter(({ pairs }) => pairs.length > 0);
    if (shown.length === 0) return [];
    return [{ ...keyOf(map), plugin, name, ...(range && { range }), panels: shown, omitted }];
  });
}

/** The similarity of each setting, or of the study. */
function factsOf({ data, settings = [] }: StudyResults): { setting?: string; similarity: DomainSimilarity }[] {
  const all =
    settings.length > 0 ? settings.map(({ label, data: own }) => ({ setting: label, data: own })) : [{ data }];
  return all.flatMap(({ data: { similarity }, ...part }) => (similarity ? [{ ...part, similarity }] : []));
}

/** Four digits are more than a figure shows. */
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e4) / 1e4);
