// Tables of docs/results/experiments.md from results.json files: `node scripts/bench/experiment-tables.mjs RESULTS`, where
// RESULTS holds the folders that `mdctr bench` wrote (results/overall-embedded, ...). What stands between
// <!-- results:STUDY:KIND --> and <!-- /results --> is replaced; the kinds are the functions below.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCount } from '../../packages/base/dist/index.js';
import { formatGain, formatStat, VERDICT_MARKS } from '../../packages/report/dist/index.js';

const [folder = 'results'] = process.argv.slice(2);
const DATASETS = ['embedded', 'kuairand'];
const page = new URL('../../docs/results/experiments.md', import.meta.url);

const cell = ({ setting, backbone, method }) => JSON.stringify([setting ?? null, backbone, method]);
const line = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows, words = 1) =>
  [line(head), line(head.map((_, i) => (i < words ? '---' : '---:'))), ...rows.map(line)].join('\n');
const distinct = (values) => [...new Set(values)];
const short = (gain) => (gain ? formatGain({ ...gain, interval: null }) : '—');

const kinds = {
  /** AUC and gain on both data sets; the marks are those of the test over seeds, and of that over seeds and rows. */
  gains(results) {
    const rows = results[0].table.map((first) => {
      const columns = results.flatMap(({ table, analyses }) => {
        const row = table.find((line) => cell(line) === cell(first));
        if (!row) return ['—', '—', ''];
        const rowsToo = analyses?.seedsAndRows?.find((row) => cell(row) === cell(first))?.gain.verdict;
        return [formatStat(row.metrics.auc), formatGain(row.gains.auc), rowsToo ? VERDICT_MARKS[rowsToo] : ''];
      });
      return [first.backbone, first.method, ...columns];
    });
    const head = results.flatMap(({ config }) => [
      `${config.dataset}: AUC`,
      'AUC gain, test over seeds',
      'over rows too',
    ]);
    return table(['backbone', 'method', ...head], rows, 2);
  },

  /** Gain in each setting; of the baseline the AUC. One table a data set. */
  settings(results) {
    return each(results, ({ table: rows, settings, baseline }) => {
      const labels = settings.map(({ label }) => label);
      const methods = distinct(rows.map(({ method }) => method));
      const at = (method, setting) => rows.find((row) => row.method === method && row.setting === setting);
      const value = (row) =>
        !row ? '—' : row.method === baseline ? formatStat(row.metrics.auc) : short(row.gains.auc);
      return table(
        ['method', ...labels],
        methods.map((method) => [method, ...labels.map((label) => value(at(method, label)))]),
      );
    });
  },

  /** Gain in buckets of domains of like size; of the baseline the AUC inside domains. */
  buckets(results) {
    return each(results, ({ analyses: { buckets } }) => {
      const heads = buckets.buckets.map(
        ({ domains, smallest, largest }) =>
          `${domains.length} domains, ${formatCount(smallest)}–${formatCount(largest)} rows`,
      );
      const methods = distinct(buckets.rows.map(({ method }) => method));
      const value = (row) => (!row ? '—' : row.gain ? short(row.gain) : formatStat(row.domainAuc));
      const at = (method, bucket) => buckets.rows.find((row) => row.method === method && row.bucket === bucket);
      return table(
        ['method', ...heads],
        methods.map((m) => [m, ...buckets.buckets.map(({ bucket }) => value(at(m, bucket)))]),
      );
    });
  },

  /** Domains against networks of their own. */
  ownNetwork(results) {
    return each(results, ({ analyses: { ownNetwork } }) => {
      const settings = distinct(ownNetwork.rows.map(({ setting }) => setting));
      const rows = ownNetwork.rows.filter(({ setting }) => setting === settings[0]);
      const shown = (value) => (value === null ? '—' : value);
      return table(
        ['backbone', 'method', 'domains', 'below (shown)', 'above (shown)', 'mean gain'],
        rows.map((row) => [
          ...[row.backbone, row.method, row.domains, `${row.below} (${shown(row.shownBelow)})`],
          ...[`${row.above} (${shown(row.shownAbove)})`, formatGain(row.gain)],
        ]),
        2,
      );
    });
  },

  /** What plugins say as one number, beside the gain. */
  pluginStatistics(results) {
    const methods = distinct(
      results.flatMap(({ analyses }) => (analyses.pluginStatistics ?? []).map(({ method }) => method)),
    );
    const rows = methods.map((method) => [
      method,
      ...results.flatMap(({ analyses, table }) => [
        formatStat(analyses.pluginStatistics.find((row) => row.method === method)?.value ?? null),
        formatGain(table.find((row) => row.method === method)?.gains.auc ?? null),
      ]),
    ]);
    const head = results.flatMap(({ config }) => [`${config.dataset}: share of cut neurons`, 'AUC gain']);
    return table(['method', ...head], rows);
  },

  /** Rank correlation of the overlap of kept neurons with the similarity of domains, and the three chosen domains. */
  overlap(results) {
    return each(results, ({ analyses: { overlap } }) => {
      const key = ({ method, layer }) => `${method} | ${layer}`;
      const lines = distinct(overlap.rows.map(key)).map((of) => {
        const rowOf = (measure) => overlap.rows.find((row) => key(row) === of && row.measure === measure);
        const chosen = overlap.chosen.filter((row) => key(row) === of);
        return [
          of,
          ...['audience', 'response'].map((m) => formatStat(rowOf(m)?.correlation ?? null)),
          ...chosen.map((c) => formatStat(c.overlap)),
        ];
      });
      const first = overlap.chosen.filter((row) => key(row) === key(overlap.chosen[0]));
      const said = ({ pair, similarity }) =>
        `${pair.join(' and ')} (${Object.entries(similarity)
          .map(([name, value]) => `${name} ${value === null ? '—' : value.toFixed(2)}`)
          .join(', ')})`;
      return table(
        ['form | layer', 'ρ with audience', 'ρ with response', ...first.map(said)].flatMap((h) => h.split(' | ')),
        lines,
        2,
      );
    });
  },

  /** What models cost. */
  cost(results) {
    return each(results, ({ table: rows }) =>
      table(
        ['backbone', 'method', 'parameters', 'FLOPs/row', 'ms/step', 'µs/row', 'AUC', 'AUC gain'],
        rows.map((row) => [
          ...[row.backbone, row.method, formatCount(row.parameters), formatCount(row.flopsPerRow)],
          ...[
            row.stepMs.toFixed(1),
            row.inferenceUs.toFixed(1),
            formatStat(row.metrics.auc),
            formatGain(row.gains.auc),
          ],
        ]),
        2,
      ),
    );
  },

  /** Widths after scaling, and what searches chose. */
  budgets(results) {
    return each(results, ({ budgets = [], tuning = [] }) => {
      const methods = distinct([...budgets, ...tuning].map(({ method }) => method));
      const widths = (method, same) => {
        const budget = budgets.find((row) => row.method === method && row.same === same);
        if (!budget) return '—';
        return `${budget.options.hiddenUnits.join('-')}${budget.reached ? '' : ' (nearest)'}`;
      };
      const best = (method) => {
        const tuned = tuning.find((row) => row.method === method);
        const values = Object.entries(tuned?.best?.values ?? {}).map(
          ([path, v]) => `${path.split('.').at(-1)} ${typeof v === 'number' ? Number(v.toPrecision(2)) : v}`,
        );
        return tuned ? `${values.join(', ')} (of ${tuned.trials.length})` : '—';
      };
      const rows = methods.map((m) => [m, widths(m, 'parameters'), widths(m, 'flops'), best(m)]);
      return table(['method', 'widths: same parameters', 'same FLOPs', 'chosen by the search'], rows);
    });
  },
};

/** A table for each data set, under its name. */
function each(results, draw) {
  return results
    .filter(({ trials, plannedTrials }) => trials.filter(({ variant }) => !variant).length === plannedTrials)
    .map((one) => `${one.config.dataset}:\n\n${draw(one)}`)
    .join('\n\n');
}

function read(study) {
  const files = DATASETS.map((dataset) => join(folder, `${study}-${dataset}`, 'results.json')).filter(existsSync);
  return files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

const text = readFileSync(page, 'utf8').replace(
  /(<!-- results:([a-z-]+):([a-zA-Z]+) -->\n)[\s\S]*?(<!-- \/results -->)/g,
  (whole, begin, study, kind, end) => {
    const results = read(study);
    if (results.length === 0) return whole;
    return `${begin}\n${kinds[kind](results)}\n\n${end}`;
  },
);
writeFileSync(page, text);
