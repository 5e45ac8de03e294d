import type { ReportModel } from '../model/model.js';
import type { Rectangle } from './figure.js';
import type { Palette } from './palette.js';

/** Without quotes: ECharts puts it into attributes as it is. */
export const FONT = 'system-ui, Roboto, Arial, sans-serif';

/** Shapes and dashes tell apart what colour alone does not: methods beyond the palette, and prints in grey. */
const SYMBOLS = ['circle', 'diamond', 'triangle', 'rect', 'roundRect', 'pin', 'arrow'];
const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [12, 4], [2, 4]] as const;

export interface SeriesStyle {
  readonly colour: string;
  /** Inside of a mark: the baseline's are hollow. */
  readonly fill: string;
  readonly symbol: string;
  readonly dash: (typeof DASHES)[number];
}

/** How a method looks, the same in all figures; the baseline in a colour of its own. */
export function methodStyle(
  { methods, baseline }: ReportModel,
  method: string,
  { series, ...palette }: Palette,
): SeriesStyle {
  const others = methods.filter((one) => one !== baseline);
  const at = others.indexOf(method);
  if (at < 0) return { colour: palette.baseline, fill: palette.paper, symbol: 'circle', dash: 'solid' };
  const colour = series[at % series.length]!;
  return {
    colour,
    fill: colour,
    symbol: SYMBOLS[at % SYMBOLS.length]!,
    dash: DASHES[(at < 4 ? 0 : at) % DASHES.length]!,
  };
}

/** Shape of a backbone's points. */
export const backboneSymbol = ({ backbones }: ReportModel, backbone: string): string =>
  SYMBOLS[backbones.indexOf(backbone) % SYMBOLS.length]!;

/** What all figures have in common. */
export function base({ ink, paper, grid }: Palette) {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT, color: ink },
    tooltip: {
      confine: true,
      backgroundColor: paper,
      borderColor: grid,
      textStyle: { color: ink, fontFamily: FONT, fontSize: 13 },
      extraCssText: 'max-width:min(26rem,90vw);white-space:normal;box-shadow:0 2px 10px rgba(0,0,0,.25)',
    },
  };
}

function legend(names: readonly string[], { ink, muted }: Palette) {
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

/** Panels with their titles, and a legend above them where marks have names. */
export const framed = (
  panels: readonly Rectangle[],
  titles: readonly string[],
  names: readonly string[],
  palette: Palette,
) => ({
  ...base(palette),
  ...(names.length > 0 && { legend: legend(names, palette) }),
  title: panels.map((panel, i) => panelTitle(titles[i]!, panel, palette)),
  grid: panels,
});

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

/**
 * A series that nobody sees: a panel's axes reach as far as these points. What lies beyond an axis is not drawn, and of a
 * bar with one end there, nothing is.
 */
export function reach(points: readonly (readonly [number, number])[], panel = 0) {
  return {
    type: 'line',
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: points.map((point) => [...point]),
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, safe in elements and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);

/** A tooltip: a heading, and lines of facts. All of it is a user's text, and is escaped. */
export function tip(heading: string, facts: readonly (readonly [string, string])[]): string {
  const lines = facts.map(([name, value]) => `${escapeHtml(name)}: <b>${escapeHtml(value)}</b>`);
  return [`<b>${escapeHtml(heading)}</b>`, ...lines].join('<br>');
}

/** `+.0012` */
export const signed = (value: number, digits = 4): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits).replace(/^0\./, '.')}`;

/** `.7412` */
export const short = (value: number | null, digits = 4): string =>
  value === null ? '—' : value.toFixed(digits).replace(/^(-?)0\./, '$1.');

/** `.25`, `.2`: as many digits as a tick needs. */
export const trimmed = (value: number): string => String(+value.toFixed(4)).replace(/^(-?)0\./, '$1.');

/** An id out of words. */
export const slug = (...words: readonly string[]): string =>
  words
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
