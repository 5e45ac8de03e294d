import { formatCount } from '@mdctr/report';
import { distinct, modelName } from '../model/cells.js';
import { hasCost, paretoOf, type Cost, type CostPoint } from '../model/cost.js';
import { legendHeight, panelGrid, type FigureMaker } from './figure.js';
import { axis, backboneSymbol, framed, methodStyle, short, tip } from './style.js';

const KINDS: readonly (readonly [Cost, string, (value: number) => string])[] = [
  ['flopsPerRow', 'FLOPs per row, forward', formatCount],
  ['parameters', 'parameters', formatCount],
  ['stepMs', 'milliseconds per training step', (value) => String(+value.toPrecision(3))],
  ['inferenceUs', 'microseconds per row predicted', (value) => String(+value.toPrecision(3))],
];

/** AUC against what a model costs; the line joins the models that no other one beats. */
export const costFigure: FigureMaker = (model) => {
  const { costs } = model;
  if (costs.length < 2) return [];
  const kinds = KINDS.filter(([cost]) => hasCost(costs, cost));
  const methods = distinct(costs.map(({ method }) => method));
  const line = 'Pareto line';
  const layout = (width: number) =>
    panelGrid(kinds.length, width, { top: legendHeight([...methods, line], width), plot: 300, least: 380 });
  const facts = (point: CostPoint): [string, string][] => [
    ['AUC', short(point.auc)],
    ['FLOPs per row', formatCount(point.flopsPerRow)],
    ['ms per step', point.stepMs.toFixed(1)],
    ...(point.inferenceUs === undefined ? [] : [['µs per row', point.inferenceUs.toFixed(1)] as [string, string]]),
    ['parameters', formatCount(point.parameters)],
  ];
  return [
    {
      id: 'cost-auc',
      section: 'cost',
      title: 'Cost against AUC',
      caption:
        `Mean AUC of the ${model.split} split against the arithmetic of a forward pass, the parameters, and the times of a training step and of predicting a row on this machine. ` +
        `The line joins the models that no other one beats in both. ${shapes(model.backbones)}`,
      height: (width) => layout(width).height,
      option: (width, palette) => {
        const { panels } = layout(width);
        return {
          ...framed(
            panels,
            kinds.map(([, name]) => `AUC against ${name.split(',')[0]}`),
            [...methods, line],
            palette,
          ),
          xAxis: kinds.map(([, name, format], i) =>
            axis(name, palette, {
              gridIndex: i,
              axisLabel: { color: palette.muted, fontSize: 11, hideOverlap: true, formatter: format },
            }),
          ),
          yAxis: kinds.map((_, i) =>
            axis('', palette, {
              gridIndex: i,
              axisLabel: { color: palette.muted, fontSize: 11, formatter: (y: number) => short(y, 3) },
            }),
          ),
          series: kinds.flatMap(([cost], i) => [
            {
              name: line,
              type: 'line',
              step: 'end',
              xAxisIndex: i,
              yAxisIndex: i,
              symbol: 'none',
              silent: true,
              lineStyle: { color: palette.muted, width: 1.5, type: 'dashed' },
              itemStyle: { color: palette.muted },
              data: paretoOf(costs, cost).map((point) => [point[cost], point.auc]),
            },
            ...methods.map((method) => ({
              name: method,
              type: 'scatter',
              xAxisIndex: i,
              yAxisIndex: i,
              symbol: 'circle',
              symbolSize: 13,
              itemStyle: {
                color: methodStyle(model, method, palette).colour,
                borderColor: palette.paper,
                borderWidth: 1,
              },
              data: costs
                .filter((point) => point.method === method)
                .map((point) => ({
                  value: [point[cost], point.auc],
                  symbol: backboneSymbol(model, point.backbone),
                  point,
                })),
              tooltip: {
                formatter: ({ data: { point } }: { data: { point: CostPoint } }) => tip(modelName(point), facts(point)),
              },
            })),
          ]),
        };
      },
      table: () => ({
        head: [
          'backbone',
          'method',
          'AUC',
          'FLOPs per row',
          'ms per step',
          'µs per row',
          'parameters',
          'on the Pareto line of',
        ],
        rows: costs.map((point) => {
          const on = kinds.filter(([cost]) => paretoOf(costs, cost).includes(point)).map(([, name]) => name);
          return [
            point.backbone,
            point.method,
            point.auc,
            point.flopsPerRow,
            point.stepMs,
            point.inferenceUs ?? null,
            point.parameters,
            on.join('; '),
          ];
        }),
      }),
    },
  ];
};

const SHAPES = ['circles', 'diamonds', 'triangles', 'squares', 'round squares', 'pins', 'arrows'];

/** What the shapes stand for; the legend has the colours. */
function shapes(backbones: readonly string[]): string {
  const words = backbones.map((backbone, i) => `${SHAPES[i % SHAPES.length]} ${backbone}`).join(', ');
  return `Colours are methods, shapes backbones: ${words}.`;
}
