import { nameOf } from '../model/cells.js';
import type { CellMatrix } from '../model/matrices.js';
import { valueOfAll } from '../model/uniform-maps.js';
import { panelGrid, type Figure, type FigureMaker } from './figure.js';
import type { Palette } from './palette.js';
import { FONT, framed, short, slug, tip } from './style.js';

/** Lines of a map are so high, and its cells at least so wide. */
const LINE = 19;
const LABELS = 150;
const BAR = 44;

/**
 * A map for each of a plugin's matrices and each cell: domains down, and for each layer the epochs, or domains, across. Of one that
 * has one value in all of it, `uniformMaps` has a sentence.
 */
export const mapFigures: FigureMaker = ({ overTime, betweenDomains }) => [
  ...overTime.filter(isOfSeveral).map((map) => mapFigure(map, 'epoch', wordsOf(map, 'epoch'))),
  ...betweenDomains.filter(isOfSeveral).map((map) => mapFigure(map, 'domain', wordsOf(map, 'domain'))),
];

const isOfSeveral = (map: CellMatrix): boolean => valueOfAll(map) === undefined;

type Words = Pick<Figure, 'id' | 'section' | 'group' | 'title' | 'caption'>;

function wordsOf(map: CellMatrix, across: 'epoch' | 'domain'): Words {
  const { name, meaning, plugin } = map;
  return {
    id: slug(name, plugin, nameOf(map)),
    section: 'plugins',
    group: name,
    title: `${capital(name)}: ${nameOf(map)}`,
    caption:
      `${meaning} Said by ${plugin}, measured on the validation rows; means over the seeds. ` +
      (across === 'domain'
        ? 'After the best epoch, a panel for each layer.'
        : 'A panel for each layer, a column for each epoch.'),
  };
}

/** What is drawn as a map. */
export type MapNumbers = Pick<CellMatrix, 'name' | 'domains' | 'range' | 'panels' | 'omitted'>;

/** Domains down, and a panel for each layer with epochs or domains across. */
export function mapFigure(map: MapNumbers, across: 'epoch' | 'domain', words: Words): Figure {
  const { domains, panels, name, omitted } = map;
  const square = across === 'domain';
  const widest = Math.max(...panels.map(({ columns }) => columns.length));
  const layout = (width: number) => {
    const left = Math.min(LABELS, 18 + 7 * Math.max(...domains.map(({ length }) => length)));
    const plot = Math.max(3, domains.length) * LINE;
    const least = left + 24 + Math.max(120, widest * (square ? LINE + 2 : 22));
    const bottom = square ? Math.min(90, left) : 44;
    return panelGrid(panels.length, width, { top: BAR, plot, least, margin: { left, right: 24, bottom } });
  };
  const { low, high } = limits(map);
  return {
    ...words,
    caption:
      words.caption + (omitted > 0 ? ` The ${domains.length} largest domains of ${domains.length + omitted}.` : ''),
    height: (width) => layout(width).height,
    option: (width, palette) => {
      const grids = layout(width).panels;
      const cellWidth = grids[0]!.width / widest;
      return {
        ...framed(
          grids,
          panels.map(({ layer }) => layer),
          [],
          palette,
        ),
        visualMap: {
          type: 'continuous',
          min: low,
          max: high,
          calculable: false,
          orient: 'horizontal',
          left: 6,
          top: 0,
          itemWidth: 12,
          itemHeight: Math.min(200, width * 0.4),
          // The title has the name as well; on a phone it has no room here.
          text: [width < 480 ? short(high, 2) : `${short(high, 2)}  ${name}`, short(low, 2)],
          textStyle: { color: palette.ink, fontFamily: FONT, fontSize: 12 },
          inRange: { color: [...palette.scale] },
          dimension: 2,
          seriesIndex: panels.map((_, i) => i),
        },
        xAxis: panels.map(({ columns }, i) => ({
          ...category(columns, i, palette),
          ...(square
            ? {}
            : {
                name: 'epoch',
                nameLocation: 'middle',
                nameGap: 24,
                nameTextStyle: { color: palette.muted, fontSize: 12 },
              }),
          axisLabel: {
            color: palette.muted,
            fontSize: 11,
            ...(square && { rotate: 60, interval: 0, width: 86, overflow: 'truncate' }),
          },
        })),
        yAxis: panels.map((_, i) => ({
          ...category(domains, i, palette),
          inverse: true,
          axisLabel: { color: palette.ink, fontSize: 11, interval: 0, width: LABELS - 18, overflow: 'truncate' },
        })),
        series: panels.map(({ columns, values, layer }, i) => ({
          name: layer,
          type: 'heatmap',
          xAxisIndex: i,
          yAxisIndex: i,
          itemStyle: { borderColor: palette.paper, borderWidth: 1 },
          label: { show: cellWidth >= 30, fontSize: 10, fontFamily: FONT, formatter: label },
          data: values.flatMap((line, y) =>
            line.flatMap((value, x) => {
              if (value === null) return [];
              // Text on the dark half of the scale is white.
              const dark = (value - low) / (high - low || 1) < 0.55;
              return [{ value: [x, y, value], label: { color: dark ? '#ffffff' : '#000000' } }];
            }),
          ),
          tooltip: {
            formatter: ({ value: [x, y, value] }: { value: [number, number, number] }) =>
              tip(square ? `${domains[y]} and ${columns[x]}` : domains[y]!, [
                ...(layer === '' ? [] : [['layer', layer] as const]),
                ...(square ? [] : [['epoch', columns[x]!] as const]),
                [name, short(value, 3)],
              ]),
          },
        })),
      };
    },
    table: () => ({
      head: ['layer', 'domain', across === 'epoch' ? 'epoch' : 'other domain', name],
      rows: panels.flatMap(({ layer, columns, values }) =>
        values.flatMap((line, y) => line.map((value, x) => [layer, domains[y]!, columns[x]!, value])),
      ),
    }),
  };
}

const label = ({ value }: { value: [number, number, number] }): string => short(value[2], 2);

const category = (data: readonly string[], gridIndex: number, palette: Palette) => ({
  type: 'category',
  data: [...data],
  gridIndex,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: palette.grid } },
  splitArea: { show: false },
});

function limits({ range, panels }: MapNumbers): { low: number; high: number } {
  const values = panels.flatMap((panel) => panel.values.flat()).filter((value) => value !== null);
  const [low, high] = range ?? [Math.min(...values), Math.max(...values)];
  return { low, high };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
