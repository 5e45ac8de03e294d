import { dataFingerprint } from '@mdctr/data';
import { openTrial, runTrial, saveTrained, trainingIdentity } from '@mdctr/study';
import { Checkpoints, refuseOccupied, type Metrics, type SplitMetrics } from '@mdctr/training';
import { builtinPackages } from '../builtins.js';
import { startRuntime } from '../environment.js';
import { openData, type DataFlags } from '../open-data.js';
import { duration, Progress } from '../progress.js';

export interface TrainOptions extends DataFlags {
  readonly set: string[];
  readonly out: string;
  readonly resume?: true;
  readonly json?: true;
}

export async function train(file: string, options: TrainOptions): Promise<void> {
  const progress = new Progress(!options.json);
  await refuseOccupied(options.out);
  const checkpoints = new Checkpoints(options.out);
  if (!options.resume) await checkpoints.refuseLoss();
  const trial = await openTrial(file, { set: options.set, builtins: builtinPackages() });
  const { config, registry } = trial;
  const environment = await startRuntime(config.training.precision, options.json === true);
  const data = await openData(trial, options, progress);
  const { tier, kernels } = environment;
  const identity = trainingIdentity(config, { data: dataFingerprint(data), tier, kernels });
  const resumeFrom = await checkpoints.read(identity);
  if (resumeFrom) progress.done(`going on after step ${resumeFrom.progress.steps}`);
  const finished = await runTrial(
    { ...config, registry, data },
    {
      saveTo: { checkpoints, identity },
      resumeFrom,
      onStep: (step, steps, loss) => progress.bar(step / steps, `step ${step}/${steps}, loss ${loss.toFixed(4)}`),
      onEpoch: ({ epoch, loss, validation }) => {
        progress.done(
          `epoch ${epoch}: loss ${loss.toFixed(4)}${validation ? `, validation ${summary(validation)}` : ''}`,
        );
      },
    },
  );
  try {
    await saveTrained(options.out, trial, finished, data.featureMap, environment);
    await checkpoints.remove();
  } finally {
    finished.trial.dispose();
  }
  const { validation, test, parameters, seconds, training } = finished;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ out: options.out, bestEpoch: training.bestEpoch, parameters, validation, test }, null, 2)}\n`,
    );
    return;
  }
  if (validation) process.stdout.write(lines('validation', validation, ` (epoch ${training.bestEpoch})`));
  if (test) process.stdout.write(lines('test', test));
  process.stdout.write(`Done in ${duration(seconds)}. Written: ${options.out}\n`);
}

/** A line for the model's own predictions, and one for each variant. */
function lines(split: string, metrics: SplitMetrics, note = ''): string {
  const variants = Object.entries(metrics.variants ?? {}).map(([name, own]) => [`${split} (${name})`, own] as const);
  return [[split, metrics] as const, ...variants]
    .map(([label, own]) => `${label.padEnd(12)}${label.length < 12 ? '' : '  '}${summary(own)}${note}\n`)
    .join('');
}

function summary({ auc, gauc, logLoss }: Metrics): string {
  const show = (value: number | null): string => (value === null ? 'undefined' : value.toFixed(4));
  return `AUC ${show(auc)}, GAUC ${show(gauc)}, log loss ${show(logLoss)}`;
}
