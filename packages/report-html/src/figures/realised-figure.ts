import { distinct } from '../model/cells.js';
import type { RealisedPoint } from '../model/realised.js';
import { backbonePanels, type Figure, type FigureMaker } from './figure.js';
import { bar } from './marks.js';
import type { ReportModel } from '../model/model.js';
import { axis, framed, methodStyle, reach, short, slug, tip, trimmed } from './style.js';

/** AUC against what a plugin came to, e.g. the share of neurons that AdaSparse cuts: a figure a number, a point a method. */
export const realisedFigures: FigureMaker = (model) => {
  const keys = distinct(model.realised.map(({ plugin, name }) => JSON.stringify([plugin, name])));
  return keys.flatMap((key) => {
    const [plugin, name] = JSON.parse(key) as [string, string];
    const points = model.realised.filter((one) => one.plugin === plugin && one.name === name);
    return distinct(points.map(({ method }) => method)).length < 2 ? [] : [figureOf(model, points)];
  });
};

function figureOf(model: ReportModel, points: readonly RealisedPoint[]): Figure {
  const { plugin, name, meaning } = points[0]!;
  const { backbones, methods, layout } = backbonePanels(points, { plot: 260, least: 380 });
  const baselineOf = (backbone: string): number | undefined =>
    model.costs.find((one) => one.backbone === backbone && one.method === model.baseline)?.auc;
  const endsOf = (backbone: string): [number, number][] =>
    points
      .filter((one) => one.backbone === backbone)
      .flatMap(({ value, valueStd, auc, aucStd }) => [
        [value - (valueStd ?? 0), auc - (aucStd ?? 0)] as [number, number],
        [value + (valueStd ?? 0), auc + (aucStd ?? 0)] as [number, number],
        [value, baselineOf(backbone) ?? auc] as [number, number],
      ]);
  const spread = points.some(({ aucStd }) => aucStd !== null);
  return {
    id: slug('realised', plugin, name),
    section: 'plugins',
    group: 'realised',
    title: `AUC against the ${name}`,
    caption:
      `${meaning} Said by ${plugin} after the best epoch: mean over domains by rows evaluated, then over layers and seeds; a point a method` +
      `${spread ? ', bars one standard deviation over seeds' : ''}. ` +
      (backbones.some((backbone) => baselineOf(backbone) !== undefined) ? `The dashed line is ${model.baseline}.` : ''),
    height: (width) => layout(width).height,
    option: (width, palette) => {
      const { panels } = layout(width);
      return {
        ...framed(panels, backbones, methods, palette),
        xAxis: backbones.map((_, i) =>
          axis(name, palette, {
            gridIndex: i,
            axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true, formatter: trimmed },
          }),
        ),
        yAxis: backbones.map((_, i) =>
          axis('', palette, {
            gridIndex: i,
            axisLabel: { color: palette.muted, fontSize: 11, formatter: (y: number) => short(y, 3) },
          }),
        ),
        series: backbones.flatMap((backbone, panel) => [
          reach(endsOf(backbone), panel),
          ...methods.map((method, m) => {
            const { colour, symbol } = methodStyle(model, method, palette);
            const own = points.filter((one) => one.backbone === backbone && one.method === method);
            const thin = { color: colour, width: 1.5 };
            const bars = own.flatMap(({ value, valueStd, auc, aucStd }) => [
              ...(valueStd ? [bar([value - valueStd, auc], [value + valueStd, auc], thin)] : []),
              ...(aucStd ? [bar([value, auc - aucStd], [value, auc + aucStd], thin)] : []),
            ]);
            const base = baselineOf(backbone);
            const baseline = { color: palette.baseline, width: 1.5, type: 'dashed' };
            const line = m === 0 && base !== undefined ? [{ yAxis: base, lineStyle: baseline }] : [];
            return {
              name: method,
              type: 'scatter',
              xAxisIndex: panel,
              yAxisIndex: panel,
              symbol,
              symbolSize: 12,
              itemStyle: { color: colour },
              data: own.map((point) => ({ value: [point.value, point.auc], point })),
              markLine: {
                silent: true,
                precision: 6, // of the baseline's line; ECharts rounds to 2 digits
                animation: false,
                symbol: 'none',
                label: { show: false },
                data: [...line, ...bars],
              },
              tooltip: {
                formatter: ({ data: { point } }: { data: { point: RealisedPoint } }) =>
                  tip(`${backbone} · ${method}`, [
                    [name, short(point.value)],
                    ['AUC', short(point.auc)],
                  ]),
              },
            };
          }),
        ]),
      };
    },
    table: () => ({
      head: ['backbone', 'method', name, 'deviation', 'AUC', 'AUC deviation'],
      rows: points.map((one) => [one.backbone, one.method, one.value, one.valueStd, one.auc, one.aucStd]),
    }),
  };
}
