import { dataFingerprint } from '@mdctr/data';
import { METRICS, shownIn, type Evaluation, type Metric } from '@mdctr/metrics';
import { openTrial, packageVersions, runTrial, saveTrained, trainingIdentity, startRuntime } from '@mdctr/study';
import { bestOf, Checkpoints, refuseOccupied, TensorBoard, type SplitEvaluation } from '@mdctr/training';
import { builtinPackages } from '../../builtins.js';
import { Events } from '../../terminal/events.js';
import { dataFacts, openData, type DataFlags } from '../../data/open-data.js';
import { duration, Progress } from '../../terminal/progress.js';
import { Watch } from './watch.js';

export interface TrainFlags extends DataFlags {
  readonly set: string[];
  readonly out: string;
  readonly resume?: true;
  readonly tensorboard?: string;
  readonly json?: true;
}

export async function train(file: string, options: TrainFlags): Promise<void> {
  const events = new Events(options.json === true);
  await events.guard(() => run(file, options, events));
}

async function run(file: string, options: TrainFlags, events: Events): Promise<void> {
  const progress = new Progress(!options.json);
  await refuseOccupied(options.out);
  const checkpoints = new Checkpoints(options.out);
  if (!options.resume) await checkpoints.refuseLoss();
  const trial = await openTrial(file, { ...options, builtins: builtinPackages() });
  const { config, registry } = trial;
  const environment = await startRuntime(config.training.precision, options.json === true);
  const data = await openData(trial, options, progress);
  const { tier, kernels, multiplies } = environment; // their rounding differs
  const further = trial.packages.filter(({ builtin }) => !builtin);
  const packages = further.length > 0 ? { packages: packageVersions(further) } : {};
  const identity = trainingIdentity(config, { data: dataFingerprint(data), tier, kernels, multiplies, ...packages });
  const resumeFrom = await checkpoints.read(identity);
  if (resumeFrom) progress.done(`going on after step ${resumeFrom.progress.steps}`);
  const resumedAfterStep = resumeFrom?.progress.steps ?? null;
  events.start('train', { name: config.name, data: dataFacts(data), environment, resumedAfterStep }, data.warnings);
  const watch = new Watch(progress, events, config.training);
  const board = new TensorBoard(options.tensorboard);
  const warning = board.begin();
  if (warning) watch.warn(warning);
  const finished = await runTrial(
    config,
    { registry, data },
    {
      saveTo: { checkpoints, identity },
      resumeFrom,
      onStep: (...step) => {
        watch.onStep(...step);
        board.onStep(...step);
      },
      onEpoch: (result) => {
        watch.onEpoch(result);
        board.onEpoch(result);
        const { epochsDone, loss, validation } = result;
        progress.done(
          `epoch ${Number(epochsDone.toFixed(2))}: ${loss === null ? 'before the first step' : `loss ${loss.toFixed(4)}`}` +
            (validation ? `, validation ${summary(validation)}` : ''),
        );
      },
    },
  );
  try {
    await saveTrained(options.out, trial, finished, data.featureMap, environment);
    await checkpoints.remove();
  } finally {
    finished.assembled.dispose();
  }
  const { validation, test, parameters, seconds, training } = finished;
  const { bestEpoch, bestStep } = training;
  events.emit('result', { out: options.out, bestEpoch, bestStep, parameters, validation, test });
  if (options.json) return;
  if (validation)
    process.stdout.write(
      lines('validation', validation, ` (epoch ${Number((bestOf(training)?.epochsDone ?? bestEpoch).toFixed(2))})`),
    );
  if (test) process.stdout.write(lines('test', test));
  process.stdout.write(`Done in ${duration(seconds)}. Written: ${options.out}\n`);
  process.stdout.write(`Next:    npx mdctr predict ${options.out} --data FILE --out scores.csv\n`);
}

/** A line for the model's own predictions, and one for each variant. */
function lines(split: string, evaluation: SplitEvaluation, note = ''): string {
  const variants = Object.entries(evaluation.variants ?? {}).map(
    ([name, variant]) => [`${split} (${name})`, variant] as const,
  );
  return [[split, evaluation] as const, ...variants]
    .map(([label, evaluated]) => `${label.padEnd(12)}${label.length < 12 ? '' : '  '}${summary(evaluated)}${note}\n`)
    .join('');
}

/** The metrics that tables have a column for, as far as the rows have what they need. */
function summary({ metrics, ...counts }: Evaluation): string {
  const measured = shownIn<Metric>(METRICS, 'terminal').filter(({ name }) => metrics[name] !== undefined);
  return measured
    .map(({ name, label, decimals, whyUndefined }) => {
      const value = metrics[name];
      if (typeof value === 'number') return `${label} ${value.toFixed(decimals)}`;
      return `${label} undefined${whyUndefined ? ` (${whyUndefined(counts)})` : ''}`;
    })
    .join(', ');
}
