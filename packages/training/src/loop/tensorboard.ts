import { join } from 'node:path';
import { openSummaries, type SummaryWriter } from '@mdctr/tensor';
import type { Evaluation } from '@mdctr/metrics';
import type { EpochResult } from './results.js';
import type { TrainingContext } from './training-context.js';

/** Steps between two points of the loss: a point takes longer than a small step. */
const EVERY = 10;

/** Writes loss, learning rate and validation metrics as TensorBoard event files: `--tensorboard FOLDER`. */
export class TensorBoard {
  private writer: SummaryWriter | undefined;
  private step = 0;

  constructor(
    private readonly folder: string | undefined,
    private readonly open: (folder: string) => SummaryWriter | undefined = openSummaries,
  ) {}

  /** The next training, in a folder of its own below; gives a warning where nothing can be written. */
  begin(...below: string[]): string | undefined {
    this.end();
    if (this.folder === undefined) return undefined;
    this.writer = this.open(join(this.folder, ...below));
    if (this.writer) return undefined;
    return '--tensorboard writes nothing: event files need native TensorFlow, and the wasm backend runs. `npx mdctr doctor` says why.';
  }

  readonly onStep: NonNullable<TrainingContext['onStep']> = (step, _steps, loss, learningRate) => {
    this.step = step;
    if (!this.writer || (step - 1) % EVERY > 0) return;
    this.writer.scalar('train/loss', loss, step);
    this.writer.scalar('train/learning_rate', learningRate, step);
  };

  readonly onEpoch = ({ loss, validation }: EpochResult): void => {
    if (!this.writer) return;
    if (loss !== null) this.writer.scalar('train/epoch_loss', loss, this.step);
    if (validation) this.write('validation', validation);
    for (const [name, metrics] of Object.entries(validation?.variants ?? {})) this.write(`validation/${name}`, metrics);
    this.writer.flush();
  };

  end(): void {
    this.writer?.flush();
    this.writer = undefined;
  }

  private write(place: string, { metrics }: Evaluation): void {
    for (const [name, value] of Object.entries(metrics)) {
      if (value !== null) this.writer!.scalar(`${place}/${name}`, value, this.step);
    }
  }
}
