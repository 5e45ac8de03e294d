import { itemAt } from '@mdctr/base';
import { axis, gainAxis, labels } from '../../figures/axes.js';
import type { DataTable, Figure } from '../../figures/figure.js';
import { bar, reach, scatter, zeroLine } from '../../figures/marks.js';
import type { Palette } from '../../figures/palette.js';
import { drawPanels, panelsOf } from '../../figures/panels.js';
import { thousands } from '../../figures/size-scatter.js';
import { methodStyle } from '../../figures/style.js';
import { signed, tip } from '../../figures/text.js';
import type { StudyOutline } from '../../figures/study-outline.js';
import type { BucketGain } from './entries.js';
import type { Bucket } from './types.js';

/** Width of the band that the marks of a bucket stand in, as a share of the room there is. */
const BAND = 0.6;

/** Gain inside the domains of each bucket: points of all methods side by side, with intervals. */
export function bucketFigures(study: StudyOutline, gains: readonly BucketGain[]): Figure[] {
  if (gains.length === 0) return [];
  const { backbones, methods } = panelsOf(gains);
  const shape = { plot: 280, least: 400, margin: { left: 66, bottom: 62 } };
  return [
    {
      id: 'bucket-gains',
      section: 'domains',
      title: 'Gain by bucket of domain size',
      caption: captionOf(study, gains),
      ...drawPanels({
        titles: backbones,
        legend: methods,
        shape,
        x: (_, palette) => bucketAxis(study, gains, palette),
        y: (_, palette) => gainAxis('AUC gain', palette),
        series: (panel, palette) => seriesOf(study, gains, methods, itemAt(backbones, panel), palette),
      }),
      table: () => tableOf(gains),
    },
  ];
}

function captionOf({ baseline }: StudyOutline, gains: readonly BucketGain[]): string {
  const intervals = gains.some(({ low }) => low !== null);
  const omitted = bucketsOf(gains).reduce((sum, bucket) => sum + (factsOf(gains, bucket)?.omitted ?? 0), 0);
  return (
    `Domains by size, cut into buckets of equally many, the largest on the left. AUC inside the domains of a bucket, averaged by rows evaluated, ` +
    `minus that of ${baseline}; means over seeds${intervals ? ', bars their intervals' : ''}.` +
    (omitted > 0 ? ` Left out: ${omitted} domain${omitted === 1 ? '' : 's'} without an AUC in some trial.` : '')
  );
}

/** From 1 to the bucket of the smallest domains. */
const bucketsOf = (gains: readonly BucketGain[]): number[] =>
  Array.from({ length: Math.max(...gains.map(({ bucket }) => bucket)) }, (_, i) => i + 1);

const factsOf = (gains: readonly BucketGain[], bucket: number): Bucket | undefined =>
  gains.find((one) => one.bucket === bucket)?.facts;

/** A place for each bucket, with its domains and their sizes below. */
function bucketAxis({ trainSizes }: StudyOutline, gains: readonly BucketGain[], palette: Palette) {
  const places = bucketsOf(gains);
  const label = (bucket: number): string => {
    const facts = factsOf(gains, bucket);
    if (!facts) return '';
    return `${facts.domains.length} domain${facts.domains.length === 1 ? '' : 's'}\n${rangeOf(facts)}`;
  };
  return axis(trainSizes ? 'training rows of a domain' : 'rows evaluated of a domain', palette, {
    min: 0.5,
    max: places.length + 0.5,
    nameGap: 40,
    splitLine: { show: false },
    axisTick: { customValues: places, lineStyle: { color: palette.grid } },
    axisLabel: labels(palette, label, { lineHeight: 14, customValues: places }),
  });
}

function seriesOf(
  study: StudyOutline,
  gains: readonly BucketGain[],
  methods: readonly string[],
  backbone: string,
  palette: Palette,
): object[] {
  const ofBackbone = gains.filter((one) => one.backbone === backbone);
  const place = ({ bucket, method }: BucketGain): number =>
    bucket + (methods.length < 2 ? 0 : BAND * (methods.indexOf(method) / (methods.length - 1) - 0.5));
  const ends = ofBackbone.flatMap((one) =>
    [one.low ?? one.gain, 0, one.high ?? one.gain].map((y) => [place(one), y] as const),
  );
  return [
    reach(ends),
    ...methods.map((method, m) => {
      const points = ofBackbone.filter((one) => one.method === method);
      const style = { color: methodStyle(study, method, palette).colour, width: 2.5 };
      const bars = points.flatMap((point) => {
        if (point.low === null || point.high === null) return [];
        return [bar([place(point), point.low], [place(point), point.high], style)];
      });
      return scatter(study, method, palette, {
        size: 11,
        data: points.map((point) => ({ value: [place(point), point.gain], point })),
        lines: [...(m === 0 ? [zeroLine(palette)] : []), ...bars],
        tooltip: (point) => tip(`${backbone} · ${method}`, tooltipOf(point)),
      });
    }),
  ];
}

const tooltipOf = ({ gain, low, high, verdict, facts }: BucketGain): [string, string][] => [
  ['AUC gain', signed(gain)],
  ...(low === null || high === null ? [] : [['interval', `${signed(low)} to ${signed(high)}`] as [string, string]]),
  ['verdict', verdict],
  ['domains', `${facts.domains.length} of ${rangeOf(facts)} rows`],
];

const HEAD = [
  ...['backbone', 'method', 'bucket', 'domains', 'rows from', 'rows to', 'domain AUC', 'domain macro AUC'],
  ...['gain', 'from', 'to', 'p adjusted', 'verdict'],
];

const tableOf = (gains: readonly BucketGain[]): DataTable => ({
  head: HEAD,
  rows: gains.map(({ backbone, method, bucket, facts, domainAuc, domainMacroAuc, gain, low, high, p, verdict }) => [
    ...[backbone, method, bucket, facts.domains.length, facts.smallest, facts.largest],
    ...[domainAuc, domainMacroAuc, gain, low, high, p, verdict],
  ]),
});

const rangeOf = ({ smallest, largest }: Bucket): string =>
  smallest === largest ? thousands(largest) : `${thousands(smallest)}–${thousands(largest)}`;
