import type { EChartsCoreOption } from 'echarts/core';
import { distinct } from '../model/cells.js';
import type { ReportModel } from '../model/model.js';
import type { Palette } from './palette.js';

/** The numbers of a figure for those who do not see it, or want to take them along. */
export interface DataTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A figure of the report: the same function draws it on the server and in the browser. */
export interface Figure {
  /** Unique in the page; a part of file names. */
  readonly id: string;
  readonly section: 'results' | 'domains' | 'training' | 'plugins' | 'similarity' | 'cost' | 'calibration';
  /** Figures of one kind: the page folds all but the first of many. */
  readonly group?: string;
  readonly title: string;
  readonly caption: string;
  /** Pixels, at a width. */
  height(width: number): number;
  option(width: number, palette: Palette): EChartsCoreOption;
  table(): DataTable;
}

export type FigureMaker = (model: ReportModel) => Figure[];

/** Where a panel lies, in pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PanelGrid {
  readonly height: number;
  readonly panels: readonly Rectangle[];
}

/** Room around the plot area of a panel: title above, axis labels left and below. */
const MARGIN = { top: 34, left: 58, right: 14, bottom: 46 };

/** Panels side by side, as many in a line as are `least` wide. `top` is room for a legend. */
export function panelGrid(
  count: number,
  width: number,
  { top = 0, plot = 230, least = 300, margin = {} as Partial<typeof MARGIN> },
): PanelGrid {
  const { top: above, left, right, bottom } = { ...MARGIN, ...margin };
  const most = Math.max(1, Math.min(count, Math.floor(width / least)));
  const lines = Math.ceil(count / most);
  const columns = Math.ceil(count / lines); // four in two lines of two, not three and one
  const cell = width / columns;
  const panels = Array.from({ length: count }, (_, i): Rectangle => {
    const line = Math.floor(i / columns);
    return {
      left: Math.round((i % columns) * cell + left),
      top: top + line * (above + plot + bottom) + above,
      width: Math.round(cell - left - right),
      height: plot,
    };
  });
  return { height: top + lines * (above + plot + bottom), panels };
}

/** A panel for each backbone below a legend of the methods, as `panelGrid` lays them out. */
export function backbonePanels(
  entries: readonly { readonly backbone: string; readonly method: string }[],
  options: Omit<Parameters<typeof panelGrid>[2], 'top'>,
) {
  const backbones = distinct(entries.map(({ backbone }) => backbone));
  const methods = distinct(entries.map(({ method }) => method));
  const layout = (width: number): PanelGrid =>
    panelGrid(backbones.length, width, { ...options, top: legendHeight(methods, width) });
  return { backbones, methods, layout };
}

/** Pixels that a legend takes above the panels, by a guess at the width of its words. */
export function legendHeight(names: readonly string[], width: number): number {
  let [lines, x] = [1, 0];
  for (const name of names) {
    const item = 7.2 * name.length + 48;
    if (x > 0 && x + item > width) [lines, x] = [lines + 1, 0];
    x += item;
  }
  return 26 * lines + 6;
}
