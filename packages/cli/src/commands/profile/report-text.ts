import { formatCount, firstOf, lastOf } from '@mdctr/base';
import type { Ratio, SiteTime, TrialProfile, VariantTime } from '@mdctr/study';
import { columns } from '../../terminal/columns.js';

/** The sites of a step that are no part of a forward and a backward pass. */
const ONE_WAY = ['batch wait', 'look-up', 'optimizer/dense', 'optimizer/rows', 'step'];

/** What some names mean. */
const EXPLAINED: Readonly<Record<string, string>> = {
  backbone: 'backbone, between layers',
  step: 'step, all the rest',
};

/** The tables of a profile as text, at most 100 columns wide. */
export function profileReport(
  profile: TrialProfile,
  environment: Readonly<Record<string, string | number>>,
  top: number,
): string {
  const { tensorflow, kernels, threads, precision } = environment;
  const { steps, rowsPerStep, model, step, overhead } = profile;
  return [
    `Training steps of ${rowsPerStep} rows, ${steps} of each model, in turns`,
    `(TensorFlow ${tensorflow}, kernels ${kernels}, ${threads} threads, ${precision})`,
    '',
    ...underlined(variantsTable(profile.variants)),
    ...unrest(firstOf(profile.variants)),
    '',
    `Where a step of ${model} goes:`,
    `${ms(step.ms)} ms, the mean of the ${step.steps} steps nearest the median, with a clock on every op, which adds`,
    `${added(overhead)}, block against block)`,
    '',
    ...underlined(sitesTable(profile)),
    '',
    ...underlined(opsTable(profile, top)),
    '',
    ...NOTES,
    '',
  ].join('\n');
}

const NOTES = [
  "FLOPs are of a forward pass alone. A layer that a plugin computes itself is on the plugin's line.",
  'ms/step is the median over all steps; the ratio is taken block against block, with its range.',
  'JavaScript is time outside of TensorFlow; share is that of the whole step.',
];

/** Blocks of one model that differ by more say that the machine has other work. */
const RESTLESS = 1.25;

function unrest({ name, blocks }: VariantTime): string[] {
  const [least, most] = [Math.min(...blocks), Math.max(...blocks)];
  if (most < RESTLESS * least) return [];
  return [
    '',
    `The figures are rough: blocks of ${name} alone took ${ms(least)} to ${ms(most)} ms a step.`,
    'Measure again when the machine has no other work, with more steps (--steps).',
  ];
}

/** What the clock adds; where less is measured with it than without, it is lost in the noise. */
function added(overhead: Ratio): string {
  const among = range(overhead, (ratio) => percent(ratio - 1));
  return `${overhead.median > 1 ? percent(overhead.median - 1) : 'nothing that can be told'} (${among}`;
}

function variantsTable(variants: readonly VariantTime[]): string[] {
  const plain = firstOf(variants);
  const rows = variants.map(({ plugins, ms: time, ratio, parameters, flopsPerRow }) => [
    plugins.length === 0 ? plain.name : `  + ${plugins.join(' + ')}`,
    ms(time),
    ratio ? ratio.median.toFixed(2) : '1',
    ratio ? range(ratio, (value) => value.toFixed(2)) : '',
    formatCount(parameters.dense),
    formatCount(parameters.embeddings),
    formatCount(flopsPerRow),
  ]);
  const heads = ['model', 'ms/step', `to ${plain.name}`, '(range)', 'parameters', 'embeddings', 'FLOPs/row'];
  return columns([heads, ...rows], [1, 2, 4, 5, 6]);
}

function sitesTable({ sites, step, variants }: TrialProfile): string[] {
  const rows = sites.flatMap((time, i): string[][] => {
    const { site, plugin } = time;
    const name = EXPLAINED[site] ?? site;
    if (plugin === null) return [cellsOf(time, name)];
    const line = cellsOf(time, `  > ${plugin}`);
    // Where only plugins have work there is no line of the site's own above theirs.
    return sites[i - 1]?.site === site ? [line] : [[name, ...line.slice(1).fill('')], line];
  });
  const whole = ['whole step', '', '', ms(step.ms), percent(1), ...['', '', '']];
  const plugins = lastOf(variants).plugins.map((plugin) => {
    const times = sites.filter((time) => time.plugin === plugin);
    const sum = (of: (time: SiteTime) => number): number => times.reduce((total, time) => total + of(time), 0);
    return [
      `  of it ${plugin}`,
      ms(sum((time) => time.forwardMs)),
      ms(sum((time) => time.backwardMs)),
      ms(sum((time) => time.ms)),
      percent(sum((time) => time.share)),
      ms(sum((time) => time.ms - time.opsMs)),
      count(sum((time) => time.flopsPerRow)),
      count(sum((time) => time.parameters)),
    ];
  });
  const heads = ['site', 'forward', 'backward', 'ms', 'share', 'JavaScript', 'FLOPs/row', 'parameters'];
  return columns([heads, ...rows, whole, ...plugins], [1, 2, 3, 4, 5, 6, 7]);
}

function cellsOf(time: SiteTime, name: string): string[] {
  const { site, plugin, forwardMs, backwardMs, share, opsMs, flopsPerRow, parameters } = time;
  const weights = [count(flopsPerRow), count(parameters)];
  if (time.ms === 0) return [name, '', '', '', '', '', ...weights];
  const passes = ONE_WAY.includes(site) && plugin === null ? ['', ''] : [ms(forwardMs), ms(backwardMs)];
  const javaScript = site === 'batch wait' ? '' : ms(time.ms - opsMs);
  return [name, ...passes, ms(time.ms), percent(share), javaScript, ...weights];
}

function opsTable({ ops, step }: TrialProfile, top: number): string[] {
  const share = (time: number): string => percent(time / step.ms);
  const shown = ops.slice(0, top);
  const others = ops.slice(top);
  const sum = (of: (op: (typeof ops)[number]) => number, list = ops): number =>
    list.reduce((total, op) => total + of(op), 0);
  const line = (name: string, calls: number, time: number): string[] => [name, calls.toFixed(0), ms(time), share(time)];
  const rest = line(
    `${others.length} others`,
    sum(({ calls }) => calls, others),
    sum((op) => op.ms, others),
  );
  return columns(
    [
      ['op', 'calls', 'ms', 'share'],
      ...shown.map(({ op, calls, ms: time }) => line(op, calls, time)),
      ...(others.length > 0 ? [rest] : []),
      line(
        'all ops',
        sum(({ calls }) => calls),
        step.opsMs,
      ),
      ['no op: JavaScript', '', ms(step.betweenOpsMs), share(step.betweenOpsMs)],
      ['no op: batch wait', '', ms(step.waitMs), share(step.waitMs)],
      ['whole step', '', ms(step.ms), percent(1)],
    ],
    [1, 2, 3],
  );
}

/** A rule below the heads. */
function underlined([heads, ...lines]: readonly string[]): string[] {
  const width = Math.max(...[heads!, ...lines].map((line) => line.length));
  return [heads!, '-'.repeat(width), ...lines];
}

const ms = (time: number): string => time.toFixed(2);
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
const count = (value: number): string => (value === 0 ? '' : formatCount(value));
const range = ({ min, max }: Ratio, show: (value: number) => string): string => `${show(min)} to ${show(max)}`;
