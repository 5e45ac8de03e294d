import type { CalibrationBin } from '@mdctr/metrics';
import { backbonePanels, type FigureMaker } from './figure.js';
import { axis, framed, methodStyle, short, tip } from './style.js';

/** Observed against predicted click rate: a calibrated model lies on the diagonal. */
export const calibrationFigure: FigureMaker = (model) => {
  const { reliabilities } = model;
  if (reliabilities.length === 0) return [];
  const { backbones, methods, layout } = backbonePanels(reliabilities, { plot: 300, least: 380, margin: { left: 62 } });
  const top = Math.max(...reliabilities.flatMap(({ bins }) => bins.flatMap((bin) => [bin.predicted, bin.observed])));
  const limit = Math.min(1, Math.ceil(top * 10) / 10 || 1);
  return [
    {
      id: 'reliability',
      section: 'calibration',
      title: 'Share of clicks against mean score',
      caption:
        `Rows of the ${model.split} split by ascending score, in bins of about equally many rows, seeds together: share of clicks against ` +
        'mean score. On the diagonal scores are click rates; below it the model promises too much.',
      height: (width) => layout(width).height,
      option: (width, palette) => {
        const { panels } = layout(width);
        const format = (value: number): string => short(value, 2);
        const axisOf = (name: string, gridIndex: number, more: object = {}) =>
          axis(name, palette, {
            gridIndex,
            min: 0,
            max: limit,
            axisLabel: { color: palette.muted, fontSize: 11, formatter: format, hideOverlap: true },
            ...more,
          });
        const diagonal = [
          { coord: [0, 0], symbol: 'none', lineStyle: { color: palette.muted, type: 'dashed', width: 1 } },
          { coord: [limit, limit], symbol: 'none' },
        ];
        return {
          ...framed(panels, backbones, methods, palette),
          xAxis: backbones.map((_, i) => axisOf('mean score', i)),
          yAxis: backbones.map((_, i) => axisOf('share of clicks', i, { nameGap: 42 })),
          series: reliabilities.map(({ backbone, method, bins }, i) => {
            const panel = backbones.indexOf(backbone);
            const { colour, fill, symbol, dash } = methodStyle(model, method, palette);
            const first = reliabilities.findIndex((one) => one.backbone === backbone) === i;
            return {
              name: method,
              type: 'line',
              xAxisIndex: panel,
              yAxisIndex: panel,
              symbol,
              symbolSize: 6,
              lineStyle: { color: colour, width: 1.5, type: dash },
              itemStyle: { color: fill, borderColor: colour, borderWidth: 1.5 },
              data: bins.map((bin) => ({ value: [bin.predicted, bin.observed], bin })),
              ...(first && { markLine: { silent: true, animation: false, label: { show: false }, data: [diagonal] } }),
              tooltip: {
                formatter: ({ data: { bin } }: { data: { bin: CalibrationBin } }) =>
                  tip(`${backbone} · ${method}`, [
                    ['mean score', short(bin.predicted)],
                    ['share of clicks', short(bin.observed)],
                    ['rows', bin.rows.toLocaleString('en-GB')],
                  ]),
              },
            };
          }),
        };
      },
      table: () => ({
        head: ['backbone', 'method', 'bin', 'rows', 'mean score', 'share of clicks'],
        rows: reliabilities.flatMap(({ backbone, method, bins }) =>
          bins.map(({ rows, predicted, observed }, i) => [backbone, method, i + 1, rows, predicted, observed]),
        ),
      }),
    },
  ];
};
