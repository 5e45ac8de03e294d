import { axis, labels, curve, markLine, type Palette, drawPanels, panelsOf, short, tip } from '@mdctr/report/figures';
import type { CalibrationBin } from '@mdctr/metrics';
import type { Reliability } from '../model/calibration.js';
import type { FigureMaker } from './maker.js';
/** Observed against predicted click rate: a calibrated model lies on the diagonal. */
export const calibrationFigure: FigureMaker = (model) => {
  const { reliabilities } = model;
  if (reliabilities.length === 0) return [];
  const { backbones, methods } = panelsOf(reliabilities);
  const limit = limitOf(reliabilities);
  const rateAxis = (name: string, palette: Palette, more: object = {}) =>
    axis(name, palette, { min: 0, max: limit, ...more, axisLabel: labels(palette, (rate) => short(rate, 2), SPARSE) });
  return [
    {
      id: 'reliability',
      section: 'calibration',
      title: 'Share of clicks against mean score',
      caption:
        `Rows of the ${model.split} split by ascending score, in bins of about equally many rows, seeds together: share of clicks against ` +
        'mean score. On the diagonal scores are click rates; below it the model promises too much.',
      ...drawPanels({
        titles: backbones,
        legend: methods,
        shape: { plot: 300, least: 380, margin: { left: 62 } },
        x: (_, palette) => rateAxis('mean score', palette),
        y: (_, palette) => rateAxis('share of clicks', palette, { nameGap: 42 }),
        series: (panel, palette) =>
          reliabilities
            .filter(({ backbone }) => backbone === backbones[panel])
            .map(({ backbone, method, bins }, i) =>
              curve(model, method, palette, {
                ...{ size: 6, width: 1.5 },
                data: bins.map((bin) => ({ value: [bin.predicted, bin.observed], point: bin })),
                tooltip: (bin) => tip(`${backbone} · ${method}`, factsOf(bin)),
                more: i === 0 ? { markLine: markLine([diagonal(limit, palette)], { label: { show: false } }) } : {},
              }),
            ),
      }),
      table: () => ({
        head: ['backbone', 'method', 'bin', 'rows', 'mean score', 'share of clicks'],
        rows: reliabilities.flatMap(({ backbone, method, bins }) =>
          bins.map(({ rows, predicted, observed }, i) => [backbone, method, i + 1, rows, predicted, observed]),
        ),
      }),
    },
  ];
};

const SPARSE = { hideOverlap: true };

/** End of both axes. */
function limitOf(reliabilities: readonly Reliability[]): number {
  const top = Math.max(...reliabilities.flatMap(({ bins }) => bins.flatMap((bin) => [bin.predicted, bin.observed])));
  return Math.min(1, Math.ceil(top * 10) / 10 || 1);
}

const diagonal = (limit: number, palette: Palette) => [
  { coord: [0, 0], symbol: 'none', lineStyle: { color: palette.muted, type: 'dashed', width: 1 } },
  { coord: [limit, limit], symbol: 'none' },
];

const factsOf = ({ predicted, observed, rows }: CalibrationBin): [string, string][] => [
  ['mean score', short(predicted)],
  ['share of clicks', short(observed)],
  ['rows', rows.toLocaleString('en-GB')],
];
