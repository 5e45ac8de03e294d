import type { Bucket } from '@mdctr/report';
import type { BucketGain } from '../model/bucket-gains.js';
import { backbonePanels, type FigureMaker } from './figure.js';
import { bar, gainAxis, zeroLine } from './marks.js';
import { thousands } from './size-scatter.js';
import { axis, framed, methodStyle, reach, signed, tip } from './style.js';

/** Width of the band that the marks of a bucket stand in, as a share of the room there is. */
const BAND = 0.6;

/** Gain inside the domains of each bucket: points of all methods side by side, with intervals. */
export const bucketFigure: FigureMaker = (model) => {
  const { bucketGains } = model;
  if (bucketGains.length === 0) return [];
  const { backbones, methods, layout } = backbonePanels(bucketGains, {
    plot: 280,
    least: 400,
    margin: { left: 66, bottom: 62 },
  });
  const buckets = Math.max(...bucketGains.map(({ bucket }) => bucket));
  const factsOf = (bucket: number): Bucket | undefined => bucketGains.find((one) => one.bucket === bucket)?.facts;
  const place = ({ bucket, method }: BucketGain): number =>
    bucket + (methods.length < 2 ? 0 : BAND * (methods.indexOf(method) / (methods.length - 1) - 0.5));
  const intervals = bucketGains.some(({ low }) => low !== null);
  const omitted = Array.from({ length: buckets }, (_, i) => factsOf(i + 1)?.omitted ?? 0).reduce((a, b) => a + b, 0);
  const label = (bucket: number): string => {
    const facts = factsOf(bucket);
    if (!facts) return '';
    return `${facts.domains.length} domain${facts.domains.length === 1 ? '' : 's'}\n${rangeOf(facts)}`;
  };
  const size = model.trainSizes ? 'training rows of a domain' : 'rows evaluated of a domain';
  return [
    {
      id: 'bucket-gains',
      section: 'domains',
      title: 'Gain by bucket of domain size',
      caption:
        `Domains by size, cut into buckets of equally many, the largest on the left. AUC inside the domains of a bucket, averaged by rows evaluated, ` +
        `minus that of ${model.baseline}; means over seeds${intervals ? ', bars their intervals' : ''}.` +
        (omitted > 0 ? ` Left out: ${omitted} domain${omitted === 1 ? '' : 's'} without an AUC in some trial.` : ''),
      height: (width) => layout(width).height,
      option: (width, palette) => {
        const { panels } = layout(width);
        const places = Array.from({ length: buckets }, (_, i) => i + 1);
        return {
          ...framed(panels, backbones, methods, palette),
          xAxis: backbones.map((_, i) =>
            axis(size, palette, {
              gridIndex: i,
              min: 0.5,
              max: buckets + 0.5,
              nameGap: 40,
              splitLine: { show: false },
              axisTick: { customValues: places, lineStyle: { color: palette.grid } },
              axisLabel: { color: palette.muted, fontSize: 11, lineHeight: 14, customValues: places, formatter: label },
            }),
          ),
          yAxis: backbones.map((_, i) => gainAxis('AUC gain', palette, i)),
          series: backbones.flatMap((backbone, panel) => [
            reach(
              bucketGains
                .filter((one) => one.backbone === backbone)
                .flatMap((one) => [one.low ?? one.gain, 0, one.high ?? one.gain].map((y) => [place(one), y] as const)),
              panel,
            ),
            ...methods.map((method, m) => {
              const { colour, symbol } = methodStyle(model, method, palette);
              const points = bucketGains.filter((one) => one.backbone === backbone && one.method === method);
              const bars = points.flatMap((point) => {
                if (point.low === null || point.high === null) return [];
                const x = place(point);
                return [bar([x, point.low], [x, point.high], { color: colour, width: 2.5 })];
              });
              const lines = [...(m === 0 ? [zeroLine(palette)] : []), ...bars];
              return {
                name: method,
                type: 'scatter',
                xAxisIndex: panel,
                yAxisIndex: panel,
                symbol,
                symbolSize: 11,
                itemStyle: { color: colour },
                data: points.map((point) => ({ value: [place(point), point.gain], point })),
                markLine: { silent: true, animation: false, symbol: 'none', data: lines },
                tooltip: {
                  formatter: ({ data: { point } }: { data: { point: BucketGain } }) =>
                    tip(`${backbone} · ${method}`, [
                      ['AUC gain', signed(point.gain)],
                      ...(point.low === null || point.high === null
                        ? []
                        : [['interval', `${signed(point.low)} to ${signed(point.high)}`] as const]),
                      ['verdict', point.verdict],
                      ['domains', `${point.facts.domains.length} of ${rangeOf(point.facts)} rows`],
                    ]),
                },
              };
            }),
          ]),
        };
      },
      table: () => ({
        head: [
          'backbone',
          'method',
          'bucket',
          'domains',
          'rows from',
          'rows to',
          'domain AUC',
          'domain macro AUC',
          'gain',
          'from',
          'to',
        ].concat('p adjusted', 'verdict'),
        rows: bucketGains.map(
          ({ backbone, method, bucket, facts, domainAuc, domainMacroAuc, gain, low, high, p, verdict }) => [
            ...[backbone, method, bucket, facts.domains.length, facts.smallest, facts.largest],
            ...[domainAuc, domainMacroAuc, gain, low, high, p, verdict],
          ],
        ),
      }),
    },
  ];
};

const rangeOf = ({ smallest, largest }: Bucket): string =>
  smallest === largest ? thousands(largest) : `${thousands(smallest)}–${thousands(largest)}`;
