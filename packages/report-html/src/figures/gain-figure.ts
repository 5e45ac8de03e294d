import {
  modelName,
  axis,
  labels,
  type DataTable,
  bar,
  markLine,
  reach,
  type Place,
  type Palette,
  base,
  methodStyle,
  signed,
  tip,
} from '@mdctr/report/figures';
import { itemAt } from '@mdctr/base';
import type { FigureMaker } from './maker.js';
import type { CellGain } from '../model/gains.js';
import type { ReportModel } from '../model/report-model.js';
/** Pixels of a line; where there is little room, a name takes two of text. */
const lineOf = (width: number): number => (width < NARROW ? 36 : 26);
const NARROW = 560;

/** Gain of each line over its baseline: mean, 95% interval, and every seed. */
export const gainFigure: FigureMaker = (model) => {
  const { gains } = model;
  if (gains.length === 0) return [];
  const one = gains.find(({ interval }) => interval)?.interval;
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
        return {
          ...base(palette),
          grid: { left, right: 18, top: 8, bottom: 50 },
          xAxis: axis('AUC gain', palette, {
            axisLabel: labels(palette, (x) => signed(x), { hideOverlap: true }),
          }),
          yAxis: nameAxis(gains, width < NARROW, left - 16, palette),
          series: [reach(gains.flatMap(endsOf)), seedSeries(model, palette), meanSeries(model, palette)],
        };
      },
      table: () => tableOf(gains),
    },
  ];
};

/** Names of the lines at the left; `width` is the room for them. */
const nameAxis = (gains: readonly CellGain[], narrow: boolean, width: number, palette: Palette) => ({
  type: 'category',
  inverse: true,
  data: gains.map((gain) => (narrow ? `${gain.backbone}\n${gain.method}` : modelName(gain))),
  axisLabel: { color: palette.ink, fontSize: 12, width, overflow: 'truncate', interval: 0, lineHeight: 14 },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: palette.grid } },
});

const endsOf = ({ interval }: CellGain, i: number): Place[] =>
  interval
    ? [
        [interval.low, i],
        [interval.high, i],
      ]
    : [];

/** A hollow mark for each seed. */
function seedSeries(model: ReportModel, palette: Palette) {
  const { gains } = model;
  const styleOf = (method: string) => {
    const { colour } = methodStyle(model, method, palette);
    return { color: 'transparent', borderColor: colour, borderWidth: 1.5 };
  };
  return {
    name: 'seeds',
    type: 'scatter',
    symbol: 'circle',
    symbolSize: 8,
    data: gains.flatMap(({ method, seeds }, i) =>
      seeds.map(({ run, gain }) => ({ value: [gain, i], run, itemStyle: styleOf(method) })),
    ),
    tooltip: {
      formatter: ({ data }: { data: { value: [number, number]; run: string } }) =>
        tip(modelName(gains[data.value[1]]!), [[data.run, signed(data.value[0])]]),
    },
  };
}

/** A large mark for each mean, with its interval, and the line of no gain. */
function meanSeries(model: ReportModel, palette: Palette) {
  const { gains } = model;
  const colourOf = (method: string): string => methodStyle(model, method, palette).colour;
  const zero = {
    xAxis: 0,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: palette.muted, type: 'solid' },
  };
  const bars = gains.flatMap(({ interval, method }, i) => {
    return interval ? [bar([interval.low, i], [interval.high, i], { color: colourOf(method), width: 3 })] : [];
  });
  return {
    name: 'mean',
    type: 'scatter',
    symbolSize: 13,
    z: 5,
    data: gains.map(({ method, mean }, i) => ({
      value: [mean, i],
      symbol: 'diamond',
      itemStyle: { color: colourOf(method) },
    })),
    markLine: markLine([zero, ...bars]),
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) =>
        tip(modelName(itemAt(gains, dataIndex)), factsOf(itemAt(gains, dataIndex))),
    },
  };
}

const winsOf = ({ seeds }: CellGain): number => seeds.filter(({ gain }) => gain > 0).length;

function factsOf(gain: CellGain): [string, string][] {
  const { mean, interval, verdict, seeds } = gain;
  return [
    ['mean gain', signed(mean)],
    ...(interval
      ? [[levelOf(interval), `${signed(interval.low)} to ${signed(interval.high)}`] as [string, string]]
      : []),
    ...(verdict ? [['verdict', verdict] as [string, string]] : []),
    ['seeds that gained', `${winsOf(gain)} of ${seeds.length}`],
  ];
}

const tableOf = (gains: readonly CellGain[]): DataTable => ({
  head: ['backbone', 'method', 'mean gain', 'interval from', 'interval to', 'seeds', 'seeds that gained'],
  rows: gains.map((gain) => {
    const { backbone, method, mean, interval, seeds } = gain;
    return [backbone, method, mean, interval?.low ?? null, interval?.high ?? null, seeds.length, winsOf(gain)];
  }),
});

const levelOf = ({ level }: { level: number }): string => `${Math.round(level * 100)}% interval`;
