import { itemAt } from '@mdctr/base';
import type { StudyOutline } from './study-outline.js';
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
  { methods, baseline }: StudyOutline,
  method: string,
  { series, ...palette }: Palette,
): SeriesStyle {
  const others = methods.filter((one) => one !== baseline);
  const at = others.indexOf(method);
  if (at < 0) return { colour: palette.baseline, fill: palette.paper, symbol: 'circle', dash: 'solid' };
  const colour = itemAt(series, at % series.length);
  return {
    colour,
    fill: colour,
    symbol: itemAt(SYMBOLS, at % SYMBOLS.length),
    dash: DASHES[(at < 4 ? 0 : at) % DASHES.length]!,
  };
}

/** Shape of a backbone's points. */
export const backboneSymbol = ({ backbones }: StudyOutline, backbone: string): string =>
  itemAt(SYMBOLS, backbones.indexOf(backbone) % SYMBOLS.length);

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
