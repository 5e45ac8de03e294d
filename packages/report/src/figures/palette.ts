import { itemAt } from '@mdctr/base';

/** Colours of figures. Every one of a mode differs from the others in any, so that one can be told by its value. */
export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  /** The baseline, in every figure. */
  readonly baseline: string;
  /** Methods, in the order of the table. */
  readonly series: readonly string[];
  /** From the lowest to the highest value of a map; the same in both modes. */
  readonly scale: readonly string[];
}

/** Cividis, which readers with and without colour vision deficiency see alike (Nuñez et al. 2018), dark to bright. */
const SCALE = ['#00204c', '#31446b', '#666870', '#958f78', '#cab969', '#ffe945'];

/** Blue, vermilion, green and purple as in Okabe and Ito's set, darkened to 3:1 against the paper. */
export const LIGHT: Palette = {
  ink: '#1c2430',
  muted: '#5a6573',
  grid: '#dfe4ea',
  paper: '#fefefe',
  baseline: '#4a4f57',
  series: ['#0068ad', '#c8500a', '#00805c', '#a8478f', '#8a6a00', '#5a4fcf', '#00838f', '#b3273f'],
  scale: SCALE,
};

export const DARK: Palette = {
  ink: '#e8ecf1',
  muted: '#a3aebb',
  grid: '#333c48',
  paper: '#14191f',
  baseline: '#c3c8cf',
  series: ['#5fb4f0', '#ff9050', '#3cc99a', '#e99ad2', '#e0b93a', '#a8a0ff', '#4fcbd6', '#ff8095'],
  scale: SCALE,
};

/** Colours that a page sets by mode: name of the CSS variable, colour in light, colour in dark mode. */
export const variables: readonly (readonly [string, string, string])[] = [
  ...(['ink', 'muted', 'grid', 'paper', 'baseline'] as const).map(
    (key) => [`--${key}`, LIGHT[key], DARK[key]] as const,
  ),
  ...LIGHT.series.map((colour, i) => [`--s${i + 1}`, colour, itemAt(DARK.series, i)] as const),
];
