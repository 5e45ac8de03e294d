import { distinct } from '../model/cells.js';
import { numbersOf, type SettingPoint } from '../model/settings.js';
import { legendHeight, panelGrid, type FigureMaker } from './figure.js';
import { bar, zeroLine } from './marks.js';
import { thousands, ticks } from './size-scatter.js';
import { axis, framed, methodStyle, reach, short, signed, tip } from './style.js';

const KINDS = [
  ['auc', 'AUC', (y: number) => short(y, 3)],
  ['gain', 'AUC gain', (y: number) => signed(y, 3)],
] as const;

/** AUC and gain over the settings of a study, a line a method. */
export const settingFigure: FigureMaker = (model) => {
  const { settingPoints, settings } = model;
  if (settingPoints.length === 0) return [];
  const backbones = distinct(settingPoints.map(({ backbone }) => backbone));
  const methods = distinct(settingPoints.map(({ method }) => method));
  const kinds = KINDS.filter(([key]) => settingPoints.some((point) => point[key] !== null));
  const places = backbones.flatMap((backbone) => kinds.map(([key, name, format]) => ({ backbone, key, name, format })));
  const numbers = numbersOf(settings);
  const [least, most] = numbers ? [Math.min(...numbers), Math.max(...numbers)] : [1, settings.length];
  const logarithmic = numbers !== null && least > 0 && most / least >= 8;
  const xOf = ({ setting }: SettingPoint): number =>
    (numbers ?? [])[settings.indexOf(setting)] ?? settings.indexOf(setting) + 1;
  const marks = numbers
    ? settings.length <= 8
      ? numbers
      : logarithmic
        ? ticks(least, most)
        : undefined
    : settings.map((_, i) => i + 1);
  // Labels of words lie flat where they have the room.
  const long = !numbers && settings.length * Math.max(...settings.map(({ length }) => length)) * 7 > 300;
  const layout = (width: number) =>
    panelGrid(places.length, width, {
      top: legendHeight(methods, width),
      plot: 250,
      least: 380,
      margin: { left: 66, bottom: long ? 92 : numbers ? 48 : 32 },
    });
  const aside = (x: number, m: number): number => {
    const share = 0.015 * (m - (methods.length - 1) / 2);
    return logarithmic ? x * (most / least) ** share : x + share * (numbers ? most - least : settings.length);
  };
  const endsOf = (backbone: string): [number, number][] =>
    settingPoints
      .filter((one) => one.backbone === backbone)
      .flatMap((one) => [one.low, 0, one.high].flatMap((y): [number, number][] => (y === null ? [] : [[xOf(one), y]])));
  const intervals = settingPoints.some(({ low }) => low !== null);
  return [
    {
      id: 'settings',
      section: 'results',
      title: 'AUC and gain over the settings',
      caption:
        `Means over seeds, a line a method${intervals ? '; bars are intervals of the gain' : ''}. ` +
        'Where settings evaluate other rows their gains can be compared, their AUCs cannot.',
      height: (width) => layout(width).height,
      option: (width, palette) => {
        const { panels } = layout(width);
        return {
          ...framed(
            panels,
            places.map(({ backbone, name }) => `${backbone}: ${name}`),
            methods,
            palette,
          ),
          xAxis: places.map((_, i) =>
            axis(numbers ? axisName(settings) : '', palette, {
              gridIndex: i,
              ...(logarithmic && { type: 'log', min: least / 1.15, max: most * 1.15 }),
              ...(!numbers && { min: 0.6, max: settings.length + 0.4 }),
              axisTick: { ...(marks && { customValues: marks }), lineStyle: { color: palette.grid } },
              axisLabel: {
                color: palette.muted,
                fontSize: 11,
                hideOverlap: numbers !== null,
                ...(long && { rotate: 40, width: 110, overflow: 'truncate' }),
                ...(marks && { customValues: marks }),
                formatter: numbers
                  ? (x: number) => (x >= 1e3 ? thousands(x) : String(+x.toPrecision(6)))
                  : (x: number) => settings[x - 1] ?? '',
              },
            }),
          ),
          yAxis: places.map(({ format }, i) =>
            axis('', palette, { gridIndex: i, axisLabel: { color: palette.muted, fontSize: 11, formatter: format } }),
          ),
          series: places.flatMap(({ backbone, key }, panel) => [
            reach(key === 'gain' ? endsOf(backbone) : [], panel),
            ...methods.map((method, m) => {
              const { colour, fill, symbol, dash } = methodStyle(model, method, palette);
              const points = settingPoints
                .filter((one) => one.backbone === backbone && one.method === method && one[key] !== null)
                .sort((a, b) => xOf(a) - xOf(b));
              // Bars of one setting stand side by side.
              const x = (point: SettingPoint): number => (key === 'gain' ? aside(xOf(point), m) : xOf(point));
              const bars = points.flatMap((point) => {
                if (key !== 'gain' || point.low === null || point.high === null) return [];
                const style = { color: colour, width: 1.5, opacity: 0.6 };
                return [bar([x(point), point.low], [x(point), point.high], style)];
              });
              const lines = [...(m === 0 && key === 'gain' ? [zeroLine(palette)] : []), ...bars];
              return {
                name: method,
                type: 'line',
                xAxisIndex: panel,
                yAxisIndex: panel,
                symbol,
                symbolSize: 8,
                lineStyle: { color: colour, width: 2, type: dash },
                itemStyle: { color: fill, borderColor: colour, borderWidth: 1.5 },
                data: points.map((point) => ({ value: [x(point), point[key]], point })),
                markLine: { silent: true, animation: false, symbol: 'none', label: { show: false }, data: lines },
                tooltip: {
                  formatter: ({ data: { point } }: { data: { point: SettingPoint } }) =>
                    tip(`${backbone} · ${method}`, [
                      ['setting', point.setting],
                      ['AUC', short(point.auc)],
                      ...(point.gain === null ? [] : [['AUC gain', signed(point.gain)] as const]),
                      ...(point.low === null || point.high === null
                        ? []
                        : [['interval', `${signed(point.low)} to ${signed(point.high)}`] as const]),
                      ...(point.verdict === null ? [] : [['verdict', point.verdict] as const]),
                    ]),
                },
              };
            }),
          ]),
        };
      },
      table: () => ({
        head: ['setting', 'backbone', 'method', 'AUC', 'AUC deviation', 'AUC gain', 'from', 'to', 'verdict'],
        rows: settingPoints.map(({ setting, backbone, method, auc, std, gain, low, high, verdict }) => {
          return [setting, backbone, method, auc, std, gain, low, high, verdict];
        }),
      }),
    },
  ];
};

/** What all labels say after their number: `4 domains`, `8 domains` are on an axis of domains. */
function axisName(labels: readonly string[]): string {
  const words = labels.map((label) => label.replace(/^\s*-?[\d.]+(?:e-?\d+)?\s*[kM%]?(?![a-zA-Z])\s*/, '').trim());
  return words.at(-1)! !== '' && words.slice(1).every((word) => word === words.at(-1)) ? words.at(-1)! : 'setting';
}
