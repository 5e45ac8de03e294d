import type { CellKey } from '@mdctr/report';
import type { ReportModel } from '../model/model.js';
import { backbonePanels, type Figure } from './figure.js';
import { bar, gainAxis, zeroLine } from './marks.js';
import type { Palette } from './palette.js';
import { axis, framed, methodStyle, reach, signed, tip } from './style.js';

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
  model: ReportModel,
  entries: readonly Entry[],
  yName: string,
  facts: (entry: Entry) => readonly (readonly [string, string])[],
): Pick<Figure, 'height' | 'option'> {
  const { backbones, methods, layout } = backbonePanels(entries, { plot: 280, least: 400, margin: { left: 66 } });
  const xName = model.trainSizes ? 'training rows' : 'rows evaluated';
  const barred = hasBars(entries);
  const sizes = entries.map(({ rows }) => Math.max(1, rows));
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const xAxis = (gridIndex: number, palette: Palette) =>
    axis(xName, palette, {
      gridIndex,
      type: 'log',
      min: low / 1.25,
      max: high * 1.25,
      axisTick: { customValues: ticks(low, high) },
      axisLabel: {
        color: palette.muted,
        fontSize: 11,
        hideOverlap: true,
        customValues: ticks(low, high),
        formatter: thousands,
      },
    });
  return {
    height: (width) => layout(width).height,
    option: (width, palette) => {
      const { panels } = layout(width);
      return {
        ...framed(panels, backbones, methods, palette),
        xAxis: backbones.map((_, i) => xAxis(i, palette)),
        yAxis: backbones.map((_, i) => gainAxis(yName, palette, i)),
        series: backbones.flatMap((backbone, panel) => [
          reach([[low, 0], ...(barred ? endsOf(entries, backbone) : [])], panel),
          ...methods.map((method, m) => {
            const { colour, symbol } = methodStyle(model, method, palette);
            const points = entries.filter((one) => one.backbone === backbone && one.method === method);
            const bars = points.flatMap(({ rows, low: from, high: to }) => {
              if (!barred || typeof from !== 'number' || typeof to !== 'number') return [];
              const x = Math.max(1, rows);
              return [bar([x, from], [x, to], { color: colour, width: 1, opacity: 0.45 })];
            });
            return {
              name: method,
              type: 'scatter',
              xAxisIndex: panel,
              yAxisIndex: panel,
              symbol,
              symbolSize: 9,
              itemStyle: { color: colour, opacity: 0.85 },
              data: points.map((point) => ({ value: [Math.max(1, point.rows), point.gain], point })),
              markLine: {
                silent: true,
                animation: false,
                symbol: 'none',
                data: [...(m === 0 ? [zeroLine(palette)] : []), ...bars],
              },
              tooltip: {
                formatter: ({ data: { point } }: { data: { point: Entry } }) =>
                  tip(point.domain, [
                    [`${backbone} · ${method}`, signed(point.gain)],
                    [xName, point.rows.toLocaleString('en-GB')],
                    ...facts(point),
                  ]),
              },
            };
          }),
        ]),
      };
    },
  };
}

/** Ends of the intervals of a panel. */
const endsOf = (entries: readonly SizedGain[], backbone: string): [number, number][] =>
  entries
    .filter((one) => one.backbone === backbone)
    .flatMap(({ rows, low, high }) =>
      [low, high].flatMap((y): [number, number][] => (typeof y === 'number' ? [[Math.max(1, rows), y]] : [])),
    );

/** Round numbers of a logarithmic axis: 1, 2 and 5 times powers of ten, or those powers alone where there are many. */
export function ticks(low: number, high: number): number[] {
  const steps = high / low > 1e3 ? [1] : [1, 2, 5];
  const powers = Array.from({ length: 12 }, (_, i) => 10 ** i);
  return powers
    .flatMap((power) => steps.map((step) => step * power))
    .filter((x) => x >= low / 1.25 && x <= high * 1.25);
}
