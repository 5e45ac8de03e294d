import type { CellKey } from '../results/cell-key.js';
import type { StudyOutline } from './study-outline.js';
import { axis, gainAxis, labels } from './axes.js';
import type { Figure } from './figure.js';
import { bar, reach, scatter, zeroLine, type Place } from './marks.js';
import type { Palette } from './palette.js';
import { drawPanels, panelsOf } from './panels.js';
import { methodStyle } from './style.js';
import { signed, tip } from './text.js';

/** Rows as `12k`. */
export const thousands = (rows: number): string =>
  rows >= 1e6 ? `${+(rows / 1e6).toPrecision(3)}M` : rows >= 1e3 ? `${+(rows / 1e3).toPrecision(3)}k` : String(rows);

/** A number of a domain with a method, at the size of the domain. */
export interface SizedGain extends CellKey {
  readonly domain: string;
  readonly rows: number;
  readonly gain: number;
  /** Interval of the gain, drawn as a thin bar unless there are too many. */
  readonly low?: number | null;
  readonly high?: number | null;
}

/** Marks of a panel whose intervals can be told apart. */
const BARS = 40;

/** Whether intervals are drawn. */
export function hasBars(entries: readonly SizedGain[]): boolean {
  const panels = new Map<string, number>();
  for (const { backbone } of entries) panels.set(backbone, (panels.get(backbone) ?? 0) + 1);
  return Math.max(0, ...panels.values()) <= BARS && entries.some(({ low }) => typeof low === 'number');
}

/** A panel for each backbone with a mark for each domain and method: size across, on a logarithmic axis, gain up. */
export function sizeScatter<Entry extends SizedGain>(
  study: StudyOutline,
  entries: readonly Entry[],
  yName: string,
  facts: (entry: Entry) => readonly (readonly [string, string])[],
): Pick<Figure, 'height' | 'option'> {
  const { backbones, methods } = panelsOf(entries);
  const xName = study.trainSizes ? 'training rows' : 'rows evaluated';
  const barred = hasBars(entries);
  const least = Math.min(...entries.map(sizeOf));
  const tooltip = (entry: Entry): string =>
    tip(entry.domain, [
      [`${entry.backbone} · ${entry.method}`, signed(entry.gain)],
      [xName, entry.rows.toLocaleString('en-GB')],
      ...facts(entry),
    ]);
  return drawPanels({
    titles: backbones,
    legend: methods,
    shape: { plot: 280, least: 400, margin: { left: 66 } },
    x: (_, palette) => sizeAxis(xName, entries, palette),
    y: (_, palette) => gainAxis(yName, palette),
    series: (panel, palette) => {
      const shown = entries.filter(({ backbone }) => backbone === backbones[panel]);
      const marks = methods.map((method, m) => {
        const points = shown.filter((one) => one.method === method);
        const bars = barred ? barsOf(points, methodStyle(study, method, palette).colour) : [];
        return scatter(study, method, palette, {
          ...{ size: 9, opacity: 0.85 },
          data: points.map((point) => ({ value: [sizeOf(point), point.gain], point })),
          lines: [...(m === 0 ? [zeroLine(palette)] : []), ...bars],
          tooltip,
        });
      });
      return [reach([[least, 0], ...(barred ? endsOf(shown) : [])]), ...marks];
    },
  });
}

/** Of a domain without rows too there is a place on a logarithmic axis. */
const sizeOf = ({ rows }: SizedGain): number => Math.max(1, rows);

function sizeAxis(name: string, entries: readonly SizedGain[], palette: Palette) {
  const sizes = entries.map(sizeOf);
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const customValues = ticks(low, high);
  return axis(name, palette, {
    ...{ type: 'log', min: low / 1.25, max: high * 1.25 },
    axisTick: { customValues },
    axisLabel: labels(palette, thousands, { hideOverlap: true, customValues }),
  });
}

/** Bars of the intervals. */
const barsOf = (entries: readonly SizedGain[], color: string): object[] =>
  entries.flatMap((entry) => {
    const { low, high } = entry;
    if (typeof low !== 'number' || typeof high !== 'number') return [];
    return [bar([sizeOf(entry), low], [sizeOf(entry), high], { color, width: 1, opacity: 0.45 })];
  });

/** Their ends. */
const endsOf = (entries: readonly SizedGain[]): Place[] =>
  entries.flatMap((entry) =>
    [entry.low, entry.high].flatMap((y): Place[] => (typeof y === 'number' ? [[sizeOf(entry), y]] : [])),
  );

/** Round numbers of a logarithmic axis: 1, 2 and 5 times powers of ten, or those powers alone where there are many. */
export function ticks(low: number, high: number): number[] {
  const steps = high / low > 1e3 ? [1] : [1, 2, 5];
  const powers = Array.from({ length: 12 }, (_, i) => 10 ** i);
  return powers
    .flatMap((power) => steps.map((step) => step * power))
    .filter((x) => x >= low / 1.25 && x <= high * 1.25);
}
