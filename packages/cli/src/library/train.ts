import { openTrial, runTrial, saveTrained, startRuntime } from '@mdctr/study';
import type { EpochResult, SplitEvaluation, TrainingResult } from '@mdctr/training';
import { openData } from '../data/open-data.js';
import { Progress } from '../terminal/progress.js';
import { LoadedModel } from './loaded-model.js';
import { dataFlags, openOptions, type LibraryOptions } from './options.js';

/** Options of `train`. */
export interface TrainOptions extends LibraryOptions {
  /** Called after each evaluation, of which each epoch ends with one, with the loss and the validation metrics. */
  readonly onEpoch?: (epoch: EpochResult) => void;
}

/** Result of a training. */
export interface TrainOutcome {
  readonly training: TrainingResult;
  /** Metrics of the best epoch; null if the split has no rows. */
  readonly validation: SplitEvaluation | null;
  readonly test: SplitEvaluation | null;
  readonly parameters: number;
  readonly flopsPerRow: number;
  readonly seconds: number;
}

/** A model trained in this process. */
export class TrainedModel extends LoadedModel {
  /** @internal `train` makes it. */
  constructor(
    trained: LoadedModel,
    /** Metrics of the best epoch by split, all epochs, the model's size, and the duration. */
    readonly result: TrainOutcome,
    private readonly write: (folder: string) => Promise<void>,
  ) {
    super(trained.open);
  }

  /**
   * Writes the model as an artifact, atomically. `loadModel` and `mdctr predict` read it.
   * @throws MdctrError MDCTR_ARTIFACT_OCCUPIED if the folder contains something else.
   */
  async save(folder: string): Promise<void> {
    await this.write(folder);
  }
}

/**
 * Trains one model in this process, like `mdctr train`. The caller disposes the model.
 * @param trial A config file, or a config object with paths relative to the working directory.
 * @throws MdctrError, MdctrErrors for errors in the config, packages or data. Errors of the training are rethrown.
 */
export async function train(trial: string | object, options: TrainOptions = {}): Promise<TrainedModel> {
  const opened = await openTrial(trial, openOptions(options));
  const { config, registry } = opened;
  const progress = new Progress(options.progress === true);
  const environment = await startRuntime(config.training.precision, !options.progress);
  const data = await openData(opened, dataFlags(options), progress);
  const finished = await runTrial(
    config,
    { registry, data },
    {
      onEpoch: (epoch) => {
        progress.done(
          `epoch ${Number(epoch.epochsDone.toFixed(2))}: ${epoch.loss === null ? 'before the first step' : `loss ${epoch.loss.toFixed(4)}`}`,
        );
        options.onEpoch?.(epoch);
      },
    },
  );
  const { assembled, calibration } = finished;
  const trained = new LoadedModel({ assembled, featureMap: data.featureMap, ...(calibration && { calibration }) });
  return new TrainedModel(trained, finished, (folder) =>
    saveTrained(folder, opened, finished, data.featureMap, environment),
  );
}
