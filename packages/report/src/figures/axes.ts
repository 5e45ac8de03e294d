import type { Palette } from './palette.js';
import { FONT } from './style.js';
import { short, signed } from './text.js';

/** A numerical axis; the name stands in the middle below, or over the top end. */
export function axis(name: string, { muted, grid }: Palette, more: object = {}) {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 26,
    scale: true,
    nameTextStyle: { color: muted, fontFamily: FONT, fontSize: 12 },
    axisLabel: { color: muted, fontFamily: FONT, fontSize: 11, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: grid } },
    axisTick: { lineStyle: { color: grid } },
    splitLine: { lineStyle: { color: grid } },
    ...more,
  };
}

/** Labels of an axis' ticks; with `hideOverlap` those that would lie over one another are left out. */
export const labels = ({ muted }: Palette, formatter: (value: number) => string, more: object = {}) => ({
  color: muted,
  fontSize: 11,
  formatter,
  ...more,
});

/** The axis of gains at the left of a panel. */
export const gainAxis = (name: string, palette: Palette) =>
  axis(name, palette, { nameGap: 48, axisLabel: labels(palette, (y) => signed(y, 3)) });

/** The axis of a metric at the left of a panel, whose title names it. */
export const metricAxis = (palette: Palette) => axis('', palette, { axisLabel: labels(palette, (y) => short(y, 3)) });
