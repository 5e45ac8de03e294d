import { dataPaths, loadData } from '@mdctr/data';
import { openTrial, runTrial, saveTrained } from '@mdctr/study';
import { refuseOccupied, type Metrics } from '@mdctr/training';
import { builtinPackages } from '../builtins.js';
import { startRuntime } from '../environment.js';
import { duration, Progress } from '../progress.js';

export interface TrainOptions {
  readonly data: string[];
  readonly set: string[];
  readonly out: string;
  readonly json?: true;
}

export async function train(file: string, options: TrainOptions): Promise<void> {
  const progress = new Progress(!options.json);
  await refuseOccupied(options.out);
  const trial = await openTrial(file, { set: options.set, builtins: builtinPackages() });
  const { config, document, registry } = trial;
  const environment = await startRuntime(config.training.precision, options.json === true);
  progress.show('reading the data');
  const files = options.data.length > 0 ? { files: options.data } : {};
  const data = await loadData(config.data, { ...files, resolvePath: dataPaths(document) });
  progress.done(
    `${config.name}: ${data.rows} rows, ${data.schema.fields.length} fields, ${data.schema.domains.length - 1} domains`,
  );
  const finished = await runTrial(
    { ...config, registry, data },
    {
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
  if (validation) process.stdout.write(`validation  ${summary(validation)} (epoch ${training.bestEpoch})\n`);
  if (test) process.stdout.write(`test        ${summary(test)}\n`);
  process.stdout.write(`Done in ${duration(seconds)}. Written: ${options.out}\n`);
}

function summary({ auc, gauc, logLoss }: Metrics): string {
  const show = (value: number | null): string => (value === null ? 'undefined' : value.toFixed(4));
  return `AUC ${show(auc)}, GAUC ${show(gauc)}, log loss ${show(logLoss)}`;
}
