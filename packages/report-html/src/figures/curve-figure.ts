import { distinct } from '../model/cells.js';
import type { Curve, CurvePoint } from '../model/curves.js';
import { legendHeight, panelGrid, type FigureMaker } from './figure.js';
import { axis, framed, methodStyle, short, tip } from './style.js';

const KINDS = [
  ['auc', 'validation AUC'],
  ['loss', 'training loss'],
] as const;

/** Validation AUC and training loss by epoch, a panel for each backbone. */
export const curveFigure: FigureMaker = (model) => {
  const { curves } = model;
  const kinds = KINDS.filter(([key]) => curves.some(({ points }) => points.some((point) => point[key] !== null)));
  if (kinds.length === 0) return [];
  const backbones = distinct(curves.map(({ backbone }) => backbone));
  const methods = distinct(curves.map(({ method }) => method));
  const places = backbones.flatMap((backbone) => kinds.map(([key, name]) => ({ backbone, key, name })));
  const layout = (width: number) =>
    panelGrid(places.length, width, {
      top: legendHeight(methods, width),
      plot: 220,
      least: kinds.length > 1 ? 380 : 300,
    });
  const longest = Math.max(...curves.map(({ points }) => points.length));
  return [
    {
      id: 'learning-curves',
      section: 'training',
      title: 'Learning curves',
      caption:
        'Means over the seeds that came as far as the epoch: where training stopped early, late points stand for fewer seeds. ' +
        'The training loss has penalties in it, so it compares within a method rather than between methods.',
      height: (width) => layout(width).height,
      option: (width, palette) => {
        const { panels } = layout(width);
        const lines = places.flatMap((place, panel) =>
          curves.filter(({ backbone }) => backbone === place.backbone).map((curve) => ({ ...place, curve, panel })),
        );
        return {
          ...framed(
            panels,
            places.map(({ backbone, name }) => `${backbone}: ${name}`),
            methods,
            palette,
          ),
          xAxis: places.map((_, i) =>
            axis('epoch', palette, { gridIndex: i, min: 1, max: Math.max(2, longest), minInterval: 1, scale: false }),
          ),
          yAxis: places.map((_, i) =>
            axis('', palette, {
              gridIndex: i,
              axisLabel: { color: palette.muted, fontSize: 11, formatter: (y: number) => short(y, 3) },
            }),
          ),
          series: lines.map(({ curve, key, name, panel }) => {
            const { colour, fill, symbol, dash } = methodStyle(model, curve.method, palette);
            return {
              name: curve.method,
              type: 'line',
              xAxisIndex: panel,
              yAxisIndex: panel,
              symbol,
              symbolSize: 7,
              showAllSymbol: longest <= 30,
              showSymbol: longest <= 30,
              lineStyle: { color: colour, width: 2, type: dash },
              itemStyle: { color: fill, borderColor: colour, borderWidth: 1.5 },
              data: curve.points.map((point) => ({ value: [point.epoch, point[key]], point })),
              tooltip: { formatter: tooltip(curve, key, name) },
            };
          }),
        };
      },
      table: () => ({
        head: ['backbone', 'method', 'epoch', 'seeds', 'training loss', 'validation AUC', 'validation log loss'],
        rows: curves.flatMap(({ backbone, method, points }) =>
          points.map(({ epoch, seeds, loss, auc, logLoss }) => [backbone, method, epoch, seeds, loss, auc, logLoss]),
        ),
      }),
    },
  ];
};

const tooltip =
  ({ backbone, method }: Curve, key: 'auc' | 'loss', name: string) =>
  ({ data: { point } }: { data: { point: CurvePoint } }): string =>
    tip(`${backbone} · ${method}`, [
      ['epoch', String(point.epoch)],
      [name, short(point[key])],
      ['seeds', String(point.seeds)],
    ]);
