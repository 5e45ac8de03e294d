import { modelName } from '../model/cells.js';
import type { CellGain } from '../model/gains.js';
import type { FigureMaker } from './figure.js';
import { bar } from './marks.js';
import { axis, base, methodStyle, reach, signed, tip } from './style.js';

/** Pixels of a line; where there is little room, a name takes two of text. */
const lineOf = (width: number): number => (width < NARROW ? 36 : 26);
const NARROW = 560;

/** Gain of each line over its baseline: mean, 95% interval, and every seed. */
export const gainFigure: FigureMaker = (model) => {
  const { gains } = model;
  if (gains.length === 0) return [];
  const one = gains.find(({ interval }) => interval)?.interval;
  const facts = ({ mean, interval, verdict, seeds }: CellGain): [string, string][] => [
    ['mean gain', signed(mean)],
    ...(interval
      ? [[levelOf(interval), `${signed(interval.low)} to ${signed(interval.high)}`] as [string, string]]
      : []),
    ...(verdict ? [['verdict', verdict] as [string, string]] : []),
    ['seeds that gained', `${seeds.filter(({ gain }) => gain > 0).length} of ${seeds.length}`],
  ];
  return [
    {
      id: 'auc-gain',
      section: 'results',
      title: `AUC gain over ${model.baseline}`,
      caption:
        'Differences on the same backbone with the same seed. Large marks are means, hollow marks single seeds' +
        `${one ? `, bars ${levelOf(one)}s of the mean` : ''}. What lies right of zero gained.`,
      height: (width) => gains.length * lineOf(width) + 64,
      option: (width, palette) => {
        const left = Math.min(250, Math.max(118, width * 0.36));
        const label = {
          color: palette.ink,
          fontSize: 12,
          width: left - 16,
          overflow: 'truncate',
          interval: 0,
          lineHeight: 14,
        };
        const bars = gains.flatMap(({ interval, method }, i) => {
          const style = { color: methodStyle(model, method, palette).colour, width: 3 };
          return interval ? [bar([interval.low, i], [interval.high, i], style)] : [];
        });
        const zero = {
          xAxis: 0,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: palette.muted, type: 'solid' },
        };
        return {
          ...base(palette),
          grid: { left, right: 18, top: 8, bottom: 50 },
          xAxis: axis('AUC gain', palette, {
            axisLabel: { color: palette.muted, fontSize: 11, formatter: (x: number) => signed(x), hideOverlap: true },
          }),
          yAxis: {
            type: 'category',
            inverse: true,
            data: gains.map((gain) => (width < NARROW ? `${gain.backbone}\n${gain.method}` : modelName(gain))),
            axisLabel: label,
            axisTick: { show: false },
            axisLine: { lineStyle: { color: palette.grid } },
          },
          series: [
            reach(
              gains.flatMap(({ interval }, i) =>
                interval ? [[interval.low, i] as const, [interval.high, i] as const] : [],
              ),
            ),
            {
              name: 'seeds',
              type: 'scatter',
              symbol: 'circle',
              symbolSize: 8,
              data: gains.flatMap(({ method, seeds }, i) =>
                seeds.map(({ seed, gain }) => ({
                  value: [gain, i],
                  seed,
                  itemStyle: {
                    color: 'transparent',
                    borderColor: methodStyle(model, method, palette).colour,
                    borderWidth: 1.5,
                  },
                })),
              ),
              tooltip: {
                formatter: ({ data }: { data: { value: [number, number]; seed: number } }) =>
                  tip(modelName(gains[data.value[1]]!), [[`seed ${data.seed}`, signed(data.value[0])]]),
              },
            },
            {
              name: 'mean',
              type: 'scatter',
              symbolSize: 13,
              z: 5,
              data: gains.map(({ method, mean }, i) => {
                const { colour } = methodStyle(model, method, palette);
                return { value: [mean, i], symbol: 'diamond', itemStyle: { color: colour } };
              }),
              markLine: { silent: true, animation: false, symbol: 'none', data: [zero, ...bars] },
              tooltip: {
                formatter: ({ dataIndex }: { dataIndex: number }) =>
                  tip(modelName(gains[dataIndex]!), facts(gains[dataIndex]!)),
              },
            },
          ],
        };
      },
      table: () => ({
        head: ['backbone', 'method', 'mean gain', 'interval from', 'interval to', 'seeds', 'seeds that gained'],
        rows: gains.map(({ backbone, method, mean, interval, seeds }) => {
          const wins = seeds.filter(({ gain }) => gain > 0).length;
          return [backbone, method, mean, interval?.low ?? null, interval?.high ?? null, seeds.length, wins];
        }),
      }),
    },
  ];
};

const levelOf = ({ level }: { level: number }): string => `${Math.round(level * 100)}% interval`;
