import { join } from 'node:path';
import { toText } from '@mdctr/report';
import { openStudy, runStudy, saveResults } from '@mdctr/study';
import { builtinPackages } from '../builtins.js';
import { startRuntime } from '../environment.js';
import { Events } from '../events.js';
import { dataFacts, openData, type DataFlags } from '../open-data.js';
import { duration, Progress } from '../progress.js';
import { TensorBoard } from '../tensorboard.js';
import { Watch } from '../watch.js';

export interface BenchOptions extends DataFlags {
  readonly set: string[];
  readonly out?: string;
  readonly tensorboard?: string;
  readonly json?: true;
}

export async function bench(file: string, options: BenchOptions): Promise<void> {
  const events = new Events(options.json === true);
  await events.guard(() => run(file, options, events));
}

async function run(file: string, options: BenchOptions, events: Events): Promise<void> {
  const progress = new Progress(!options.json);
  const study = await openStudy(file, { set: options.set, builtins: builtinPackages() });
  const { config } = study;
  const environment = await startRuntime(config.training.precision, options.json === true);
  const began = performance.now();
  const data = await openData(study, options, progress);
  events.start('bench', { name: config.name, data: dataFacts(data), environment }, data.warnings);
  const watch = new Watch(progress, events, config.training);
  const board = new TensorBoard(options.tensorboard);
  const folder = options.out ?? join('results', slug(config.name));
  let label = '';
  let trial = {};
  let paths: readonly string[] = [];
  const results = await runStudy(study, data, environment, {
    onCell: ({ backbone, method, seed }, index, total) => {
      label = `[${index + 1}/${total}] ${backbone} + ${method}, seed ${seed}`;
      trial = { trial: index + 1, trials: total };
      watch.begin({ index, total, label, facts: trial });
      events.emit('trial', { ...trial, backbone, method, seed });
      const warning = board.begin(`${slug(backbone)}-${slug(method)}`, `seed-${seed}`);
      if (warning && index === 0) watch.warn(warning);
    },
    onStep: (...step) => {
      watch.onStep(...step);
      board.onStep(...step);
    },
    onEpoch: (result) => {
      watch.onEpoch(result);
      board.onEpoch(result);
    },
    // Saved before it is reported as done: a study that is killed keeps what it has.
    onResult: async (result, results) => {
      paths = await saveResults(folder, results);
      const { auc } = result.metrics;
      progress.done(`${label}: AUC ${auc === null ? 'undefined' : auc.toFixed(4)} (${duration(result.seconds)})`);
      const { details: _, seconds: took, ...facts } = result;
      events.emit('trialDone', { ...trial, ...facts, took });
    },
  });
  board.end();
  const page = join(folder, 'report.html');
  // Loaded now: the start of a study does not wait for it.
  await (await import('@mdctr/report-html')).writeReport(page, results);
  paths = [...paths, page];
  events.emit('result', { paths, ...results });
  if (options.json) return;
  process.stdout.write(
    `\n${toText(results)}\n\nDone in ${duration((performance.now() - began) / 1000)}. Written: ${paths.join(', ')}\n`,
  );
}

/** `KuaiRand-Pure, tabs` as `kuairand-pure-tabs`. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
