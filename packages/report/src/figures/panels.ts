import { itemAt } from '@mdctr/base';
import { distinct } from './cells.js';
import type { Figure } from './figure.js';
import type { Palette } from './palette.js';
import { legendHeight, panelGrid, type PanelShape, type Rectangle } from './panel-grid.js';
import { base, FONT } from './style.js';

/** Panels side by side below a legend, each with axes and series of its own. */
export interface Panels {
  /** A line of text over each panel: so many there are. */
  readonly titles: readonly string[];
  /** Names of series, the same in all panels. */
  readonly legend: readonly string[];
  readonly shape: PanelShape;
  /** The axis below a panel. */
  x(panel: number, palette: Palette): object;
  /** The axis at its left. */
  y(panel: number, palette: Palette): object;
  series(panel: number, palette: Palette): readonly object[];
}

/** Lays panels out at any width and draws them. */
export function drawPanels({ titles, legend, shape, x, y, series }: Panels): Pick<Figure, 'height' | 'option'> {
  const layout = (width: number) => panelGrid(titles.length, width, { ...shape, top: legendHeight(legend, width) });
  const each = (draw: (panel: number) => object): object[] => titles.map((_, i) => ({ ...draw(i), gridIndex: i }));
  return {
    height: (width) => layout(width).height,
    option: (width, palette) => ({
      ...framed(layout(width).panels, titles, legend, palette),
      xAxis: each((panel) => x(panel, palette)),
      yAxis: each((panel) => y(panel, palette)),
      series: titles.flatMap((_, i) => series(i, palette).map((one) => ({ ...one, xAxisIndex: i, yAxisIndex: i }))),
    }),
  };
}

/** The backbones of entries, a panel each, and the methods, which the legend has. */
export const panelsOf = (entries: readonly { readonly backbone: string; readonly method: string }[]) => ({
  backbones: distinct(entries.map(({ backbone }) => backbone)),
  methods: distinct(entries.map(({ method }) => method)),
});

/** Panels with their titles, and a legend above them where marks have names. */
export const framed = (
  panels: readonly Rectangle[],
  titles: readonly string[],
  names: readonly string[],
  palette: Palette,
) => ({
  ...base(palette),
  ...(names.length > 0 && { legend: legendOf(names, palette) }),
  title: panels.map((panel, i) => panelTitle(itemAt(titles, i), panel, palette)),
  grid: panels,
});

function legendOf(names: readonly string[], { ink, muted }: Palette) {
  return {
    data: [...names],
    top: 0,
    left: 0,
    itemGap: 22, // without a DOM the width of words is a guess
    itemWidth: 22,
    textStyle: { color: ink, fontFamily: FONT, fontSize: 12 },
    inactiveColor: muted,
  };
}

/** A line of text over a panel. */
function panelTitle(text: string, { left, top, width }: Rectangle, { ink }: Palette) {
  const textStyle = {
    fontFamily: FONT,
    fontSize: 13,
    fontWeight: 600,
    color: ink,
    width: width + 40,
    overflow: 'truncate',
  };
  return { text, left: left - 6, top: top - 30, textStyle, padding: 4 };
}
