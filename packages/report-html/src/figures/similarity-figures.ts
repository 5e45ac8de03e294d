import { distinct, modelName } from '../model/cells.js';
import type { OverlapPair, OverlapPanel, OverlapScatter } from '../model/similarity.js';
import { legendHeight, panelGrid, type Figure, type FigureMaker } from './figure.js';
import { mapFigure } from './map-figure.js';
import { axis, framed, short, slug, tip, trimmed } from './style.js';

/** How alike domains are, a map a measure; then what plugins say of pairs of domains against it. */
export const similarityFigures: FigureMaker = ({ similarities, overlaps }) => [
  ...similarities.map((map) =>
    mapFigure(map, 'domain', {
      id: slug('similarity', map.name),
      section: 'similarity',
      group: map.name,
      title: `Similarity of domains: ${map.name}`,
      caption: `${map.meaning} Computed from the data, before any training.`,
    }),
  ),
  ...overlaps.map(scatter),
];

const ALL = 'pairs of domains';
/** The pairs of the three domains that the data name have shapes of their own. */
const SHAPES = ['diamond', 'triangle', 'rect'];

const nameOf = ({ a, b }: OverlapPair): string => `${a} and ${b}`;

function scatter(overlap: OverlapScatter): Figure {
  const { name, plugin, panels, omitted, range } = overlap;
  const chosen = distinct(panels.flatMap(({ pairs }) => pairs.filter((pair) => pair.chosen).map(nameOf)));
  const names = [ALL, ...chosen];
  const layout = (width: number) =>
    panelGrid(panels.length, width, { top: legendHeight(names, width), plot: 240, least: 340, margin: { left: 62 } });
  return {
    id: slug('overlap', name, plugin, overlap.backbone, overlap.method),
    section: 'similarity',
    group: `${name} against similarity`,
    title: `${capital(name)} against similarity: ${modelName(overlap)}`,
    caption:
      `A mark a pair of domains: what ${plugin} says of the pair, mean over seeds, against how alike the two domains are. ` +
      (chosen.length > 0
        ? 'Large marks are pairs of three domains that were chosen from the data: two alike, one different. '
        : '') +
      'Above each panel Spearman’s rank correlation over all pairs, mean and deviation over seeds. Pairs share domains, so they are fewer than they look.' +
      (omitted > 0 ? ` Without those of the ${omitted} smallest domains.` : ''),
    height: (width) => layout(width).height,
    option: (width, palette) => {
      const grids = layout(width).panels;
      /** `named` is one of the chosen pairs, or -1 for all others. */
      const series = (panel: number, named: number) => ({
        name: names[named + 1],
        type: 'scatter',
        xAxisIndex: panel,
        yAxisIndex: panel,
        symbol: named < 0 ? 'circle' : SHAPES[named % SHAPES.length],
        symbolSize: named < 0 ? 6 : 13,
        z: named < 0 ? 2 : 5,
        itemStyle:
          named < 0
            ? { color: palette.series[0], opacity: 0.6 }
            : { color: palette.series[1 + (named % 3)], borderColor: palette.paper, borderWidth: 1 },
        data: panels[panel]!.pairs.filter((pair) =>
          named < 0 ? !pair.chosen : pair.chosen && nameOf(pair) === chosen[named],
        ).map((pair) => ({ value: [pair.similarity, pair.overlap], pair })),
        tooltip: {
          formatter: ({ data: { pair } }: { data: { pair: OverlapPair } }) =>
            tip(nameOf(pair), [
              [`similarity (${panels[panel]!.measure})`, short(pair.similarity, 3)],
              [name, short(pair.overlap, 3)],
              ['layer', panels[panel]!.layer],
            ]),
        },
      });
      return {
        ...framed(grids, panels.map(headOf), names, palette),
        xAxis: panels.map(({ measure }, i) =>
          axis(`similarity (${measure})`, palette, {
            gridIndex: i,
            boundaryGap: ['5%', '5%'],
            axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true, formatter: trimmed },
          }),
        ),
        yAxis: panels.map((_, i) =>
          axis(name, palette, {
            gridIndex: i,
            nameGap: 42,
            // No further than there can be values.
            max: ({ min, max }: { min: number; max: number }) =>
              range && max + (max - min) * 0.05 > range[1] ? range[1] : null,
            boundaryGap: ['5%', '5%'],
            axisLabel: { color: palette.muted, fontSize: 11, formatter: trimmed },
          }),
        ),
        series: panels.flatMap((_, i) => names.map((__, place) => series(i, place - 1))),
      };
    },
    table: () => ({
      head: [
        'layer',
        'measure',
        'domain',
        'other domain',
        'similarity',
        name,
        'chosen',
        'rank correlation of the layer',
      ],
      rows: panels.flatMap(({ layer, measure, pairs, correlation }) =>
        pairs.map(({ a, b, similarity, overlap: said, chosen }) => {
          return [layer, measure, a, b, similarity, said, chosen ? 'yes' : 'no', correlation?.mean ?? null];
        }),
      ),
    }),
  };
}

/** `deep/0: ρ .62 ± .03` */
function headOf({ layer, correlation }: OverlapPanel): string {
  if (!correlation) return layer;
  const spread = correlation.std === null ? '' : ` ± ${short(correlation.std, 2)}`;
  return `${layer}: ρ ${short(correlation.mean, 2)}${spread}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
