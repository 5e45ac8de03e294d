import { axis, type Palette, thousands, ticks } from '@mdctr/report/figures';
import { lastOf } from '@mdctr/base';
import { numbersOf } from '../model/settings.js';

/** Where settings lie on an axis: at their numbers where they have some, else side by side. */
export interface SettingScale {
  /** Whether labels are words with too little room to lie flat. */
  readonly long: boolean;
  readonly numeric: boolean;
  placeOf(setting: string): number;
  /** The place `share` of the axis' length beside x. */
  beside(x: number, share: number): number;
  axis(palette: Palette): object;
}

/** From this ratio of the largest number to the least the axis is logarithmic. */
const LOGARITHMIC = 8;

export function settingScale(settings: readonly string[]): SettingScale {
  const numbers = numbersOf(settings);
  return numbers ? numberScale(settings, numbers) : wordScale(settings);
}

function numberScale(settings: readonly string[], numbers: readonly number[]): SettingScale {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const logarithmic = least > 0 && most / least >= LOGARITHMIC;
  const customValues = settings.length <= 8 ? numbers : logarithmic ? ticks(least, most) : undefined;
  const marks = customValues && { customValues };
  return {
    ...{ long: false, numeric: true },
    placeOf: (setting) => numbers[settings.indexOf(setting)] ?? settings.indexOf(setting) + 1,
    beside: (x, share) => (logarithmic ? x * (most / least) ** share : x + share * (most - least)),
    axis: (palette) =>
      axis(axisName(settings), palette, {
        ...(logarithmic && { type: 'log', min: least / 1.15, max: most * 1.15 }),
        axisTick: { ...marks, lineStyle: { color: palette.grid } },
        axisLabel: {
          ...{ color: palette.muted, fontSize: 11, hideOverlap: true, ...marks },
          formatter: (x: number) => (x >= 1e3 ? thousands(x) : String(+x.toPrecision(6))),
        },
      }),
  };
}

function wordScale(settings: readonly string[]): SettingScale {
  const customValues = settings.map((_, i) => i + 1);
  const long = settings.length * Math.max(...settings.map(({ length }) => length)) * 7 > 300;
  return {
    ...{ long, numeric: false },
    placeOf: (setting) => settings.indexOf(setting) + 1,
    beside: (x, share) => x + share * settings.length,
    axis: (palette) =>
      axis('', palette, {
        ...{ min: 0.6, max: settings.length + 0.4 },
        axisTick: { customValues, lineStyle: { color: palette.grid } },
        axisLabel: {
          ...{ color: palette.muted, fontSize: 11, hideOverlap: false, customValues },
          ...(long && { rotate: 40, width: 110, overflow: 'truncate' }),
          formatter: (x: number) => settings[x - 1] ?? '',
        },
      }),
  };
}

/** What all labels say after their number: `4 domains`, `8 domains` are on an axis of domains. */
function axisName(labels: readonly string[]): string {
  const words = labels.map((label) => label.replace(/^\s*-?[\d.]+(?:e-?\d+)?\s*[kM%]?(?![a-zA-Z])\s*/, '').trim());
  return lastOf(words) !== '' && words.slice(1).every((word) => word === words.at(-1)) ? lastOf(words) : 'setting';
}
