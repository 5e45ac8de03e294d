import type { DomainGain } from '../model/gains.js';
import { backbonePanels, type FigureMaker } from './figure.js';
import { axis, base, legend, methodStyle, panelTitle, signed, tip } from './style.js';

/** Rows as `12k`. */
export const thousands = (rows: number): string =>
  rows >= 1e6 ? `${+(rows / 1e6).toPrecision(3)}M` : rows >= 1e3 ? `${+(rows / 1e3).toPrecision(3)}k` : String(rows);

/** Gain in each domain against its size: does a method help the small domains? */
export const domainFigure: FigureMaker = (model) => {
  const { domainGains } = model;
  if (domainGains.length === 0) return [];
  const { backbones, methods, layout } = backbonePanels(domainGains, { plot: 280, least: 400, margin: { left: 66 } });
  return [
    {
      id: 'domain-gains',
      section: 'domains',
      title: 'Gain by domain against domain size',
      caption:
        `AUC gain over ${model.baseline} inside each domain, mean over seeds; one mark a domain and method. ` +
        `Size is the number of ${model.trainSizes ? 'training rows' : 'rows evaluated'}, on a logarithmic axis. ` +
        'Small domains scatter more by chance alone: few rows, few clicks.',
      height: (width) => layout(width).height,
      option: (width, palette) => {
        const { panels } = layout(width);
        const zero = { yAxis: 0, label: { show: false }, lineStyle: { color: palette.muted, type: 'solid' } };
        return {
          ...base(palette),
          legend: legend(methods, palette),
          title: backbones.map((backbone, i) => panelTitle(backbone, panels[i]!, palette)),
          grid: panels,
          xAxis: backbones.map((_, i) => {
            const sizes = domainGains.map(({ rows }) => Math.max(1, rows));
            const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
            return axis(model.trainSizes ? 'training rows' : 'rows evaluated', palette, {
              gridIndex: i,
              type: 'log',
              min: low / 1.25,
              max: high * 1.25,
              axisTick: { customValues: ticks(low, high) },
              axisLabel: {
                color: palette.muted,
                fontSize: 11,
                hideOverlap: true,
                customValues: ticks(low, high),
                formatter: thousands,
              },
            });
          }),
          yAxis: backbones.map((_, i) =>
            axis('AUC gain', palette, {
              gridIndex: i,
              nameGap: 48,
              axisLabel: { color: palette.muted, fontSize: 11, formatter: (y: number) => signed(y, 3) },
            }),
          ),
          series: backbones.flatMap((backbone, panel) =>
            methods.map((method, m) => {
              const { colour, symbol } = methodStyle(model, method, palette);
              const points = domainGains.filter((one) => one.backbone === backbone && one.method === method);
              return {
                name: method,
                type: 'scatter',
                xAxisIndex: panel,
                yAxisIndex: panel,
                symbol,
                symbolSize: 9,
                itemStyle: { color: colour, opacity: 0.85 },
                data: points.map((point) => ({ value: [Math.max(1, point.rows), point.gain], point })),
                ...(m === 0 && { markLine: { silent: true, animation: false, symbol: 'none', data: [zero] } }),
                tooltip: {
                  formatter: ({ data: { point } }: { data: { point: DomainGain } }) =>
                    tip(point.domain, [
                      [`${backbone} · ${method}`, signed(point.gain)],
                      [model.trainSizes ? 'training rows' : 'rows evaluated', point.rows.toLocaleString('en-GB')],
                      ['seeds that gained', `${point.wins} of ${point.seeds}`],
                    ]),
                },
              };
            }),
          ),
        };
      },
      table: () => ({
        head: ['backbone', 'method', 'domain', 'rows', 'AUC gain', 'seeds', 'seeds that gained'],
        rows: domainGains.map((one) => [one.backbone, one.method, one.domain, one.rows, one.gain, one.seeds, one.wins]),
      }),
    },
  ];
};

/** Round numbers of a logarithmic axis: 1, 2 and 5 times powers of ten, or those powers alone where there are many. */
export function ticks(low: number, high: number): number[] {
  const steps = high / low > 1e3 ? [1] : [1, 2, 5];
  const powers = Array.from({ length: 12 }, (_, i) => 10 ** i);
  return powers
    .flatMap((power) => steps.map((step) => step * power))
    .filter((x) => x >= low / 1.25 && x <= high * 1.25);
}
