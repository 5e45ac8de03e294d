import {
  nameOf,
  type CellMatrix,
  type Panel,
  type Figure,
  type Palette,
  panelGrid,
  type PanelGrid,
  framed,
  FONT,
  capital,
  short,
  slug,
  tip,
} from '@mdctr/report/figures';
import { firstOf, itemAt } from '@mdctr/base';
import type { FigureMaker } from './maker.js';
import { valueOfAll } from '../model/uniform-maps.js';
/** Lines of a map are so high, and its cells at least so wide. */
const LINE = 19;
const LABELS = 150;
const BAR = 44;

/**
 * A map for each of a plugin's matrices and each cell: domains down, and for each layer the epochs, or domains, across.
 * Of one that has one value in all of it, `uniformMaps` has a sentence.
 */
export const mapFigures: FigureMaker = ({ overTime, betweenDomains }) => [
  ...overTime.filter(isOfSeveral).map((map) => mapFigure(map, 'epoch', wordsOf(map, 'epoch'))),
  ...betweenDomains.filter(isOfSeveral).map((map) => mapFigure(map, 'domain', wordsOf(map, 'domain'))),
];

const isOfSeveral = (map: CellMatrix): boolean => valueOfAll(map) === undefined;

/** What the columns of a map are. */
type Across = 'epoch' | 'domain';

type Words = Pick<Figure, 'id' | 'section' | 'group' | 'title' | 'caption'>;

function wordsOf(map: CellMatrix, across: Across): Words {
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
export function mapFigure(map: MapNumbers, across: Across, words: Words): Figure {
  const { domains, panels, name, omitted } = map;
  return {
    ...words,
    caption:
      words.caption + (omitted > 0 ? ` The ${domains.length} largest domains of ${domains.length + omitted}.` : ''),
    height: (width) => layoutOf(map, across, width).height,
    option: (width, palette) => {
      const grids = layoutOf(map, across, width).panels;
      const labelled = firstOf(grids).width / widestOf(map) >= LABELLED;
      return {
        ...framed(
          grids,
          panels.map(({ layer }) => layer),
          [],
          palette,
        ),
        visualMap: colourBar(map, width, palette),
        xAxis: panels.map(({ columns }, i) => columnAxis(columns, i, across, palette)),
        yAxis: panels.map((_, i) => domainAxis(domains, i, palette)),
        series: panels.map((panel, i) => heatmap(map, panel, i, across, labelled, palette)),
      };
    },
    table: () => ({
      head: ['layer', 'domain', across === 'epoch' ? 'epoch' : 'other domain', name],
      rows: panels.flatMap(({ layer, columns, values }) =>
        values.flatMap((line, y) => line.map((value, x) => [layer, itemAt(domains, y), itemAt(columns, x), value])),
      ),
    }),
  };
}

/** Pixels of a cell that has room for its number. */
const LABELLED = 30;

const widestOf = ({ panels }: MapNumbers): number => Math.max(...panels.map(({ columns }) => columns.length));

function layoutOf(map: MapNumbers, across: Across, width: number): PanelGrid {
  const { domains, panels } = map;
  const square = across === 'domain';
  const left = Math.min(LABELS, 18 + 7 * Math.max(...domains.map(({ length }) => length)));
  const plot = Math.max(3, domains.length) * LINE;
  const least = left + 24 + Math.max(120, widestOf(map) * (square ? LINE + 2 : 22));
  const bottom = square ? Math.min(90, left) : 44;
  return panelGrid(panels.length, width, { top: BAR, plot, least, margin: { left, right: 24, bottom } });
}

/** What the colours stand for. */
function colourBar(map: MapNumbers, width: number, palette: Palette) {
  const { low, high } = limits(map);
  return {
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
    text: [width < 480 ? short(high, 2) : `${short(high, 2)}  ${map.name}`, short(low, 2)],
    textStyle: { color: palette.ink, fontFamily: FONT, fontSize: 12 },
    inRange: { color: [...palette.scale] },
    dimension: 2,
    seriesIndex: map.panels.map((_, i) => i),
  };
}

function columnAxis(columns: readonly string[], panel: number, across: Across, palette: Palette) {
  const axisLabel = { color: palette.muted, fontSize: 11 };
  if (across === 'domain') {
    const upright = { rotate: 60, interval: 0, width: 86, overflow: 'truncate' };
    return { ...category(columns, panel, palette), axisLabel: { ...axisLabel, ...upright } };
  }
  const nameTextStyle = { color: palette.muted, fontSize: 12 };
  const name = { name: 'epoch', nameLocation: 'middle', nameGap: 24, nameTextStyle };
  return { ...category(columns, panel, palette), ...name, axisLabel };
}

const domainAxis = (domains: readonly string[], panel: number, palette: Palette) => ({
  ...category(domains, panel, palette),
  inverse: true,
  axisLabel: { color: palette.ink, fontSize: 11, interval: 0, width: LABELS - 18, overflow: 'truncate' },
});

const category = (data: readonly string[], gridIndex: number, palette: Palette) => ({
  type: 'category',
  data: [...data],
  gridIndex,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: palette.grid } },
  splitArea: { show: false },
});

/** The cells of a panel; `labelled` ones show their numbers. */
function heatmap(map: MapNumbers, panel: Panel, at: number, across: Across, labelled: boolean, palette: Palette) {
  const { low, high } = limits(map);
  const { layer, values } = panel;
  // Text on the dark half of the scale is white.
  const inkOn = (value: number): string => ((value - low) / (high - low || 1) < 0.55 ? '#ffffff' : '#000000');
  return {
    name: layer,
    type: 'heatmap',
    xAxisIndex: at,
    yAxisIndex: at,
    itemStyle: { borderColor: palette.paper, borderWidth: 1 },
    label: { show: labelled, fontSize: 10, fontFamily: FONT, formatter: label },
    data: values.flatMap((line, y) =>
      line.flatMap((value, x) => (value === null ? [] : [{ value: [x, y, value], label: { color: inkOn(value) } }])),
    ),
    tooltip: {
      formatter: ({ value: [x, y, value] }: { value: [number, number, number] }) =>
        cellTip(map, panel, across, [itemAt(map.domains, y), itemAt(panel.columns, x), value]),
    },
  };
}

function cellTip(
  { name }: MapNumbers,
  { layer }: Panel,
  across: Across,
  [domain, column, value]: readonly [string, string, number],
): string {
  const square = across === 'domain';
  return tip(square ? `${domain} and ${column}` : domain, [
    ...(layer === '' ? [] : [['layer', layer] as const]),
    ...(square ? [] : [['epoch', column] as const]),
    [name, short(value, 3)],
  ]);
}

const label = ({ value }: { value: [number, number, number] }): string => short(value[2], 2);

function limits({ range, panels }: MapNumbers): { low: number; high: number } {
  const values = panels.flatMap((panel) => panel.values.flat()).filter((value) => value !== null);
  const [low, high] = range ?? [Math.min(...values), Math.max(...values)];
  return { low, high };
}
