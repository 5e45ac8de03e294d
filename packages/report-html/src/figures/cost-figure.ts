import {
  distinct,
  modelName,
  axis,
  labels,
  metricAxis,
  type DataTable,
  scatter,
  type Palette,
  drawPanels,
  backboneSymbol,
  short,
  tip,
} from '@mdctr/report/figures';
import { formatCount, itemAt } from '@mdctr/base';
import type { FigureMaker } from './maker.js';
import { hasCost, paretoOf, type Cost, type CostPoint } from '../model/cost.js';
import type { ReportModel } from '../model/report-model.js';
type Kind = readonly [Cost, string, (value: number) => string];

const KINDS: readonly Kind[] = [
  ['flopsPerRow', 'FLOPs per row, forward', formatCount],
  ['parameters', 'parameters', formatCount],
  ['stepMs', 'milliseconds per training step', (value) => String(+value.toPrecision(3))],
  ['inferenceUs', 'microseconds per row predicted', (value) => String(+value.toPrecision(3))],
];

const LINE = 'Pareto line';

/** AUC against what a model costs; the line joins the models that no other one beats. */
export const costFigure: FigureMaker = (model) => {
  const { costs } = model;
  if (costs.length < 2) return [];
  const kinds = KINDS.filter(([cost]) => hasCost(costs, cost));
  const methods = distinct(costs.map(({ method }) => method));
  return [
    {
      id: 'cost-auc',
      section: 'cost',
      title: 'Cost against AUC',
      caption:
        `Mean AUC of the ${model.split} split against the arithmetic of a forward pass, the parameters, and the times of a training step and of predicting a row on this machine. ` +
        `The line joins the models that no other one beats in both. ${shapes(model.backbones)}`,
      ...drawPanels({
        titles: kinds.map(([, name]) => `AUC against ${name.split(',')[0]}`),
        legend: [...methods, LINE],
        shape: { plot: 300, least: 380 },
        x: (panel, palette) => {
          const [, name, format] = itemAt(kinds, panel);
          return axis(name, palette, { axisLabel: labels(palette, format, { hideOverlap: true }) });
        },
        y: (_, palette) => metricAxis(palette),
        series: (panel, palette) => seriesOf(model, methods, itemAt(kinds, panel)[0], palette),
      }),
      table: () => tableOf(costs, kinds),
    },
  ];
};

function seriesOf(model: ReportModel, methods: readonly string[], cost: Cost, palette: Palette): object[] {
  const { costs } = model;
  return [
    {
      ...{ name: LINE, type: 'line', step: 'end', symbol: 'none', silent: true },
      lineStyle: { color: palette.muted, width: 1.5, type: 'dashed' },
      itemStyle: { color: palette.muted },
      data: paretoOf(costs, cost).map((point) => [point[cost], point.auc]),
    },
    ...methods.map((method) => {
      const points = costs.filter((point) => point.method === method);
      const symbols = points.map(({ backbone }) => backboneSymbol(model, backbone));
      const series = scatter(model, method, palette, {
        size: 13,
        data: points.map((point, i) => ({ value: [point[cost]!, point.auc], symbol: itemAt(symbols, i), point })),
        tooltip: (point) => tip(modelName(point), factsOf(point)),
      });
      const itemStyle = { ...series.itemStyle, borderColor: palette.paper, borderWidth: 1 };
      return { ...series, symbol: 'circle', itemStyle }; // the legend's symbol; shapes are backbones
    }),
  ];
}

const factsOf = ({ auc, flopsPerRow, stepMs, inferenceUs, parameters }: CostPoint): [string, string][] => [
  ['AUC', short(auc)],
  ['FLOPs per row', formatCount(flopsPerRow)],
  ['ms per step', stepMs.toFixed(1)],
  ...(inferenceUs === undefined ? [] : [['µs per row', inferenceUs.toFixed(1)] as [string, string]]),
  ['parameters', formatCount(parameters)],
];

const HEAD = ['backbone', 'method', 'AUC', 'FLOPs per row', 'ms per step', 'µs per row', 'parameters'];

const tableOf = (costs: readonly CostPoint[], kinds: readonly Kind[]): DataTable => ({
  head: [...HEAD, 'on the Pareto line of'],
  rows: costs.map((point) => {
    const { backbone, method, auc, flopsPerRow, stepMs, inferenceUs = null, parameters } = point;
    const on = kinds.filter(([cost]) => paretoOf(costs, cost).includes(point)).map(([, name]) => name);
    return [backbone, method, auc, flopsPerRow, stepMs, inferenceUs, parameters, on.join('; ')];
  }),
});

const SHAPES = ['circles', 'diamonds', 'triangles', 'squares', 'round squares', 'pins', 'arrows'];

/** What the shapes stand for; the legend has the colours. */
function shapes(backbones: readonly string[]): string {
  const words = backbones.map((backbone, i) => `${SHAPES[i % SHAPES.length]} ${backbone}`).join(', ');
  return `Colours are methods, shapes backbones: ${words}.`;
}
