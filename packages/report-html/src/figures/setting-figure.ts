import {
  axis,
  labels,
  bar,
  curve,
  markLine,
  reach,
  zeroLine,
  type Place,
  type Palette,
  drawPanels,
  panelsOf,
  methodStyle,
  short,
  signed,
  tip,
} from '@mdctr/report/figures';
import { itemAt } from '@mdctr/base';
import type { SettingPoint } from '../model/settings.js';
import type { ReportModel } from '../model/report-model.js';
import type { FigureMaker } from './maker.js';
import { settingScale, type SettingScale } from './setting-scale.js';
const KINDS = [
  ['auc', 'AUC', (y: number) => short(y, 3)],
  ['gain', 'AUC gain', (y: number) => signed(y, 3)],
] as const;

interface Panel {
  readonly backbone: string;
  readonly key: 'auc' | 'gain';
  readonly name: string;
  readonly format: (y: number) => string;
}

/** AUC and gain over the settings of a study, a line a method. */
export const settingFigure: FigureMaker = (model) => {
  const { settingPoints: points, settings } = model;
  if (points.length === 0) return [];
  const { backbones, methods } = panelsOf(points);
  const kinds = KINDS.filter(([key]) => points.some((point) => point[key] !== null));
  const panels = backbones.flatMap((backbone) =>
    kinds.map(([key, name, format]): Panel => ({ backbone, key, name, format })),
  );
  const scale = settingScale(settings);
  const bottom = scale.long ? 92 : scale.numeric ? 48 : 32;
  return [
    {
      id: 'settings',
      section: 'results',
      title: 'AUC and gain over the settings',
      caption:
        `Means over seeds, a line a method${points.some(({ low }) => low !== null) ? '; bars are intervals of the gain' : ''}. ` +
        'Where settings evaluate other rows their gains can be compared, their AUCs cannot.',
      ...drawPanels({
        titles: panels.map(({ backbone, name }) => `${backbone}: ${name}`),
        legend: methods,
        shape: { plot: 250, least: 380, margin: { left: 66, bottom } },
        x: (_, palette) => scale.axis(palette),
        y: (panel, palette) => axis('', palette, { axisLabel: labels(palette, itemAt(panels, panel).format) }),
        series: (panel, palette) => seriesOf(model, methods, itemAt(panels, panel), scale, palette),
      }),
      table: () => ({
        head: ['setting', 'backbone', 'method', 'AUC', 'AUC deviation', 'AUC gain', 'from', 'to', 'verdict'],
        rows: points.map(({ setting, backbone, method, auc, std, gain, low, high, verdict }) => {
          return [setting, backbone, method, auc, std, gain, low, high, verdict];
        }),
      }),
    },
  ];
};

function seriesOf(
  model: ReportModel,
  methods: readonly string[],
  { backbone, key }: Panel,
  scale: SettingScale,
  palette: Palette,
): object[] {
  const ofBackbone = model.settingPoints.filter((one) => one.backbone === backbone);
  const gains = key === 'gain';
  const lines = methods.map((method, m) => {
    // Bars of one setting stand side by side.
    const share = gains ? 0.015 * (m - (methods.length - 1) / 2) : 0;
    const x = ({ setting }: SettingPoint): number => scale.beside(scale.placeOf(setting), share);
    const points = ofBackbone
      .filter((one) => one.method === method && one[key] !== null)
      .sort((a, b) => scale.placeOf(a.setting) - scale.placeOf(b.setting));
    const style = { color: methodStyle(model, method, palette).colour, width: 1.5, opacity: 0.6 };
    const marks = gains ? [...(m === 0 ? [zeroLine(palette)] : []), ...barsOf(points, x, style)] : [];
    return curve(model, method, palette, {
      ...{ size: 8, width: 2 },
      data: points.map((point) => ({ value: [x(point), point[key]], point })),
      tooltip: (point) => tip(`${backbone} · ${method}`, factsOf(point)),
      more: { markLine: markLine(marks, { label: { show: false } }) },
    });
  });
  return [reach(gains ? ofBackbone.flatMap((point) => endsOf(point, scale)) : []), ...lines];
}

const barsOf = (points: readonly SettingPoint[], x: (point: SettingPoint) => number, style: object): object[] =>
  points.flatMap((point) => {
    if (point.low === null || point.high === null) return [];
    return [bar([x(point), point.low], [x(point), point.high], { ...style })];
  });

const endsOf = ({ setting, low, high }: SettingPoint, scale: SettingScale): Place[] =>
  [low, 0, high].flatMap((y): Place[] => (y === null ? [] : [[scale.placeOf(setting), y]]));

const factsOf = ({ setting, auc, gain, low, high, verdict }: SettingPoint): (readonly [string, string])[] => [
  ['setting', setting],
  ['AUC', short(auc)],
  ...(gain === null ? [] : [['AUC gain', signed(gain)] as const]),
  ...(low === null || high === null ? [] : [['interval', `${signed(low)} to ${signed(high)}`] as const]),
  ...(verdict === null ? [] : [['verdict', verdict] as const]),
];
