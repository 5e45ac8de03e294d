import { axis, metricAxis, curve, type Palette, drawPanels, panelsOf, short, tip } from '@mdctr/report/figures';
import { itemAt } from '@mdctr/base';
import type { Curve, CurvePoint } from '../model/curves.js';
import type { ReportModel } from '../model/report-model.js';
import type { FigureMaker } from './maker.js';
const KINDS = [
  ['auc', 'validation AUC'],
  ['loss', 'training loss'],
] as const;

interface Panel {
  readonly backbone: string;
  readonly key: 'auc' | 'loss';
  readonly name: string;
}

/** Validation AUC and training loss by epoch, a panel for each backbone. */
export const curveFigure: FigureMaker = (model) => {
  const { curves } = model;
  const kinds = KINDS.filter(([key]) => curves.some(({ points }) => points.some((point) => point[key] !== null)));
  if (kinds.length === 0) return [];
  const { backbones, methods } = panelsOf(curves);
  const panels = backbones.flatMap((backbone) => kinds.map(([key, name]): Panel => ({ backbone, key, name })));
  const longest = Math.max(...curves.map(({ points }) => points.length));
  const epochs = curves.flatMap(({ points }) => points.map(({ epoch }) => epoch));
  const min = epochs.some((epoch) => epoch < 1) ? 0 : 1;
  const max = Math.max(min + 1, ...epochs);
  return [
    {
      id: 'learning-curves',
      section: 'training',
      title: 'Learning curves',
      caption:
        'Means over the seeds that came as far: where training stopped early, late points stand for fewer seeds. ' +
        'The training loss has penalties in it, so it compares within a method rather than between methods.',
      ...drawPanels({
        titles: panels.map(({ backbone, name }) => `${backbone}: ${name}`),
        legend: methods,
        shape: { plot: 220, least: kinds.length > 1 ? 380 : 300 },
        x: (_, palette) =>
          axis('epoch', palette, { min, max, ...(epochs.every(Number.isInteger) && { minInterval: 1 }), scale: false }),
        y: (_, palette) => metricAxis(palette),
        series: (panel, palette) => seriesOf(model, itemAt(panels, panel), longest, palette),
      }),
      table: () => ({
        head: ['backbone', 'method', 'epoch', 'seeds', 'training loss', 'validation AUC', 'validation log loss'],
        rows: curves.flatMap(({ backbone, method, points }) =>
          points.map(({ epoch, seeds, ...of }) => [
            ...[backbone, method, Number(epoch.toFixed(3)), seeds],
            ...[of.loss, of.auc, of.logLoss],
          ]),
        ),
      }),
    },
  ];
};

/** Points up to which every one has its mark. */
const MARKED = 30;

const seriesOf = (model: ReportModel, { backbone, key, name }: Panel, longest: number, palette: Palette) =>
  model.curves
    .filter((one) => one.backbone === backbone)
    .map((one) =>
      curve(model, one.method, palette, {
        ...{ size: 7, width: 2 },
        data: one.points.map((point) => ({ value: [point.epoch, point[key]], point })),
        tooltip: (point) => tooltip(one, point, key, name),
        more: { showAllSymbol: longest <= MARKED, showSymbol: longest <= MARKED },
      }),
    );

const tooltip = ({ backbone, method }: Curve, point: CurvePoint, key: Panel['key'], name: string): string =>
  tip(`${backbone} · ${method}`, [
    ['epoch', String(Number(point.epoch.toFixed(2)))],
    [name, short(point[key])],
    ['seeds', String(point.seeds)],
  ]);
