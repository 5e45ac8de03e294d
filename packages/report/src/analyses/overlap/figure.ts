import { itemAt } from '@mdctr/base';
import { axis, labels } from '../../figures/axes.js';
import type { DataTable, Figure } from '../../figures/figure.js';
import type { Mark } from '../../figures/marks.js';
import type { Palette } from '../../figures/palette.js';
import { drawPanels } from '../../figures/panels.js';
import { capital, short, slug, tip, trimmed } from '../../figures/text.js';
import { distinct, modelName } from '../../figures/cells.js';
import type { OverlapPair, OverlapPanel, OverlapScatter } from './entries.js';

/** What plugins say of pairs of domains, against how alike the two domains are. */
export const overlapFigures = (scatters: readonly OverlapScatter[]): Figure[] => scatters.map(figureOf);

const ALL = 'pairs of domains';
/** The pairs of the three domains that the data name have shapes of their own. */
const SHAPES = ['diamond', 'triangle', 'rect'];

const nameOf = ({ a, b }: OverlapPair): string => `${a} and ${b}`;

function figureOf(overlap: OverlapScatter): Figure {
  const { name, plugin, panels } = overlap;
  const chosen = distinct(panels.flatMap(({ pairs }) => pairs.filter((pair) => pair.chosen).map(nameOf)));
  return {
    id: slug('overlap', name, plugin, overlap.backbone, overlap.method),
    section: 'similarity',
    group: `${name} against similarity`,
    title: `${capital(name)} against similarity: ${modelName(overlap)}`,
    caption: captionOf(overlap, chosen.length > 0),
    ...drawPanels({
      titles: panels.map(headOf),
      legend: [ALL, ...chosen],
      shape: { plot: 240, least: 340, margin: { left: 62 } },
      x: (panel, palette) =>
        axis(`similarity (${itemAt(panels, panel).measure})`, palette, {
          boundaryGap: ['5%', '5%'],
          axisLabel: labels(palette, trimmed, { hideOverlap: true }),
        }),
      y: (_, palette) => overlapAxis(overlap, palette),
      series: (panel, palette) => [
        marksOf(ALL, itemAt(panels, panel), name, (pair) => !pair.chosen, manyMarks(palette)),
        ...chosen.map((one, i) =>
          marksOf(
            one,
            itemAt(panels, panel),
            name,
            (pair) => pair.chosen && nameOf(pair) === one,
            chosenMarks(i, palette),
          ),
        ),
      ],
    }),
    table: () => tableOf(overlap),
  };
}

const captionOf = ({ plugin, omitted }: OverlapScatter, chosen: boolean): string =>
  `A mark a pair of domains: what ${plugin} says of the pair, mean over seeds, against how alike the two domains are. ` +
  (chosen ? 'Large marks are pairs of three domains that were chosen from the data: two alike, one different. ' : '') +
  'Above each panel Spearman’s rank correlation over all pairs, mean and deviation over seeds. Pairs share domains, so they are fewer than they look.' +
  (omitted > 0 ? ` Without those of the ${omitted} smallest domains.` : '');

/** No further than there can be values. */
const overlapAxis = ({ name, range }: OverlapScatter, palette: Palette) =>
  axis(name, palette, {
    nameGap: 42,
    max: ({ min, max }: { min: number; max: number }) =>
      range && max + (max - min) * 0.05 > range[1] ? range[1] : null,
    boundaryGap: ['5%', '5%'],
    axisLabel: labels(palette, trimmed),
  });

const manyMarks = ({ series }: Palette) => ({
  ...{ symbol: 'circle', symbolSize: 6, z: 2 },
  itemStyle: { color: series[0], opacity: 0.6 },
});

const chosenMarks = (place: number, { series, paper }: Palette) => ({
  ...{ symbol: SHAPES[place % SHAPES.length], symbolSize: 13, z: 5 },
  itemStyle: { color: series[1 + (place % 3)], borderColor: paper, borderWidth: 1 },
});

/** The marks of some pairs of a panel; `said` is the name of the plugin's number. */
const marksOf = (
  name: string,
  { pairs, measure, layer }: OverlapPanel,
  said: string,
  isOf: (pair: OverlapPair) => boolean,
  style: object,
) => ({
  name,
  type: 'scatter',
  ...style,
  data: pairs.filter(isOf).map((pair): Mark<OverlapPair> => ({ value: [pair.similarity, pair.overlap], point: pair })),
  tooltip: {
    formatter: ({ data: { point } }: { data: Mark<OverlapPair> }) =>
      tip(nameOf(point), [
        [`similarity (${measure})`, short(point.similarity, 3)],
        [said, short(point.overlap, 3)],
        ['layer', layer],
      ]),
  },
});

const tableOf = ({ name, panels }: OverlapScatter): DataTable => ({
  head: [
    ...['layer', 'measure', 'domain', 'other domain', 'similarity', name, 'chosen'],
    'rank correlation of the layer',
  ],
  rows: panels.flatMap(({ layer, measure, pairs, correlation }) =>
    pairs.map(({ a, b, similarity, overlap, chosen }) => {
      return [layer, measure, a, b, similarity, overlap, chosen ? 'yes' : 'no', correlation?.mean ?? null];
    }),
  ),
});

/** `deep/0: ρ .62 ± .03` */
function headOf({ layer, correlation }: OverlapPanel): string {
  if (!correlation) return layer;
  const spread = correlation.std === null ? '' : ` ± ${short(correlation.std, 2)}`;
  return `${layer}: ρ ${short(correlation.mean, 2)}${spread}`;
}
