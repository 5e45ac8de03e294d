import type { Palette } from './palette.js';
import { axis, signed } from './style.js';

/** A place in a panel: x, y. */
type Place = readonly [number, number];

/** A straight bar between two places, one of the `data` of a series' mark line. */
export const bar = (from: Place, to: Place, lineStyle: Readonly<Record<string, unknown>>) =>
  [from, to].map(([x, y]) => ({ coord: [x, y], symbol: 'none', lineStyle: { type: 'solid', ...lineStyle } }));

/** The line of no gain, across a panel; one of the `data` of a series' mark line. */
export const zeroLine = (palette: Palette) => ({
  yAxis: 0,
  label: { show: false },
  lineStyle: { color: palette.muted, type: 'solid' },
});

/** The axis of gains at the left of a panel. */
export const gainAxis = (name: string, palette: Palette, gridIndex: number) =>
  axis(name, palette, {
    gridIndex,
    nameGap: 48,
    axisLabel: { color: palette.muted, fontSize: 11, formatter: (y: number) => signed(y, 3) },
  });
