import type { StudyOutline } from './study-outline.js';
import type { Palette } from './palette.js';
import { methodStyle } from './style.js';

/** A place in a panel: x, y. */
export type Place = readonly [number, number];

/** A straight bar between two places, one of the `data` of a series' mark line. */
export const bar = (from: Place, to: Place, lineStyle: Readonly<Record<string, unknown>>) =>
  [from, to].map(([x, y]) => ({ coord: [x, y], symbol: 'none', lineStyle: { type: 'solid', ...lineStyle } }));

/** The line of no gain, across a panel; one of the `data` of a series' mark line. */
export const zeroLine = (palette: Palette) => ({
  yAxis: 0,
  label: { show: false },
  lineStyle: { color: palette.muted, type: 'solid' },
});

/** Lines that belong to a series: bars of intervals, the line of no gain. */
export const markLine = (data: readonly object[], more: object = {}) => ({
  silent: true,
  animation: false,
  symbol: 'none',
  ...more,
  data: [...data],
});

/** A mark of a series, with what its tooltip tells of. */
export interface Mark<Point> {
  readonly value: readonly (number | null)[];
  /** Its shape where it is not that of the series. */
  readonly symbol?: string;
  readonly point: Point;
}

interface Marks<Point> {
  readonly data: readonly Mark<Point>[];
  /** Lines that belong to it. */
  readonly lines?: readonly object[];
  readonly tooltip: (point: Point) => string;
  /** Of ECharts. */
  readonly more?: object;
}

/** A method's marks of one panel. */
export function scatter<Point>(
  study: StudyOutline,
  method: string,
  palette: Palette,
  { size, opacity, ...marks }: Marks<Point> & { readonly size: number; readonly opacity?: number },
) {
  const { colour, symbol } = methodStyle(study, method, palette);
  const itemStyle = { color: colour, ...(opacity !== undefined && { opacity }) };
  return { name: method, type: 'scatter', symbol, symbolSize: size, itemStyle, ...ofMarks(marks) };
}

/** A method's line of one panel, with a mark at each point. */
export function curve<Point>(
  study: StudyOutline,
  method: string,
  palette: Palette,
  { size, width, ...marks }: Marks<Point> & { readonly size: number; readonly width: number },
) {
  const { colour, fill, symbol, dash } = methodStyle(study, method, palette);
  return {
    ...{ name: method, type: 'line', symbol, symbolSize: size },
    lineStyle: { color: colour, width, type: dash },
    itemStyle: { color: fill, borderColor: colour, borderWidth: 1.5 },
    ...ofMarks(marks),
  };
}

const ofMarks = <Point>({ data, lines, tooltip, more }: Marks<Point>) => ({
  data: [...data],
  ...(lines && { markLine: markLine(lines) }),
  tooltip: { formatter: ({ data: { point } }: { data: Mark<Point> }) => tooltip(point) },
  ...more,
});

/**
 * A series that nobody sees: a panel's axes reach as far as these points. What lies beyond an axis is not drawn, and of
 * a bar with one end there, nothing is.
 */
export function reach(points: readonly Place[]) {
  return {
    type: 'line',
    data: points.map((point) => [...point]),
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
}
