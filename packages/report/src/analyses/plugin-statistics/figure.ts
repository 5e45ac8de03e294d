import { firstOf, itemAt } from '@mdctr/base';
import { axis, labels, metricAxis } from '../../figures/axes.js';
import type { Figure } from '../../figures/figure.js';
import { bar, markLine, reach, scatter, type Place } from '../../figures/marks.js';
import type { Palette } from '../../figures/palette.js';
import { drawPanels, panelsOf } from '../../figures/panels.js';
import { methodStyle } from '../../figures/style.js';
import { short, slug, tip, trimmed } from '../../figures/text.js';
import { distinct } from '../../figures/cells.js';
import type { StudyOutline } from '../../figures/study-outline.js';
import type { PluginPoint } from './entries.js';

/**
 * AUC against what a plugin came to, e.g. the share of neurons that AdaSparse cuts: a figure a number, a point a
 * method.
 */
export function pluginFigures(study: StudyOutline, all: readonly PluginPoint[]): Figure[] {
  const keys = distinct(all.map(({ plugin, name }) => JSON.stringify([plugin, name])));
  return keys.flatMap((key) => {
    const points = all.filter(({ plugin, name }) => JSON.stringify([plugin, name]) === key);
    return distinct(points.map(({ method }) => method)).length < 2 ? [] : [figureOf(study, points)];
  });
}

function figureOf(study: StudyOutline, points: readonly PluginPoint[]): Figure {
  const { plugin, name } = firstOf(points);
  const { backbones, methods } = panelsOf(points);
  return {
    id: slug('plugin-statistics', plugin, name),
    section: 'plugins',
    group: 'what plugins say against AUC',
    title: `AUC against the ${name}`,
    caption: captionOf(study, points),
    ...drawPanels({
      titles: backbones,
      legend: methods,
      shape: { plot: 260, least: 380 },
      x: (_, palette) => axis(name, palette, { axisLabel: labels(palette, trimmed, { hideOverlap: true }) }),
      y: (_, palette) => metricAxis(palette),
      series: (panel, palette) => {
        const ofBackbone = points.filter(({ backbone }) => backbone === backbones[panel]);
        return seriesOf(study, ofBackbone, methods, itemAt(backbones, panel), palette);
      },
    }),
    table: () => ({
      head: ['backbone', 'method', name, 'deviation', 'AUC', 'AUC deviation'],
      rows: points.map((one) => [one.backbone, one.method, one.value, one.valueStd, one.auc, one.aucStd]),
    }),
  };
}

function captionOf(study: StudyOutline, points: readonly PluginPoint[]): string {
  const { plugin, meaning } = firstOf(points);
  const spread = points.some(({ aucStd }) => aucStd !== null);
  return (
    `${meaning} Said by ${plugin} after the best epoch: mean over domains by rows evaluated, then over layers and seeds; a point a method` +
    `${spread ? ', bars one standard deviation over seeds' : ''}. ` +
    (points.some(({ baselineAuc }) => baselineAuc !== null) ? `The dashed line is ${study.baseline}.` : '')
  );
}

/** The points of a backbone, with bars of their deviations, and the baseline's line. */
function seriesOf(
  study: StudyOutline,
  panelPoints: readonly PluginPoint[],
  methods: readonly string[],
  backbone: string,
  palette: Palette,
): object[] {
  const base = panelPoints[0]?.baselineAuc ?? undefined;
  const dashed = { color: palette.baseline, width: 1.5, type: 'dashed' };
  const baseline = base === undefined ? [] : [{ yAxis: base, lineStyle: dashed }];
  return [
    reach(panelPoints.flatMap((point) => endsOf(point, base))),
    ...methods.map((method, m) => {
      const points = panelPoints.filter((one) => one.method === method);
      const style = { color: methodStyle(study, method, palette).colour, width: 1.5 };
      const lines = [...(m === 0 ? baseline : []), ...points.flatMap((point) => barsOf(point, style))];
      return scatter(study, method, palette, {
        size: 12,
        data: points.map((point) => ({ value: [point.value, point.auc], point })),
        tooltip: ({ name, value, auc }) => tip(`${backbone} · ${method}`, [[name, short(value)], ['AUC', short(auc)]]), // prettier-ignore
        // The precision is that of the baseline's line: ECharts rounds to 2 digits.
        more: { markLine: markLine(lines, { precision: 6, label: { show: false } }) },
      });
    }),
  ];
}

const endsOf = ({ value, valueStd, auc, aucStd }: PluginPoint, base: number | undefined): Place[] => [
  [value - (valueStd ?? 0), auc - (aucStd ?? 0)],
  [value + (valueStd ?? 0), auc + (aucStd ?? 0)],
  [value, base ?? auc],
];

const barsOf = ({ value, valueStd, auc, aucStd }: PluginPoint, style: { color: string; width: number }): object[] => [
  ...(valueStd ? [bar([value - valueStd, auc], [value + valueStd, auc], style)] : []),
  ...(aucStd ? [bar([value, auc - aucStd], [value, auc + aucStd], style)] : []),
];
