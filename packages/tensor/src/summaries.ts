import { mkdirSync } from 'node:fs';
import { runtime } from './runtime/index.js';
import { tfjsNodePackage } from './runtime/tfjs-node.js';
import { tf } from './tfjs.js';

/** @internal Writes TensorBoard event files. */
export interface SummaryWriter {
  /** One point of the curve `name`; `step` is a whole number. */
  scalar(name: string, value: number, step: number): void;
  /** Writes out what is held back; otherwise that happens every two minutes. */
  flush(): void;
}

/**
 * tfjs-node's own summary writer (`tf.node.summaryFileWriter`) for a folder, which is made; undefined on the wasm backend,
 * which has none.
 * @internal
 */
export function openSummaries(folder: string): SummaryWriter | undefined {
  if (!runtime().native) return undefined;
  const { summaryFileWriter } = tfjsNodePackage().require('./tensorboard') as {
    summaryFileWriter: (folder: string) => SummaryWriter;
  };
  mkdirSync(folder, { recursive: true }); // so that a place that is not allowed is an error of its own
  const writer = summaryFileWriter(folder);
  return {
    scalar: (name, value, step) => void tf.tidy(() => writer.scalar(name, value, step)),
    flush: () => void tf.tidy(() => writer.flush()),
  };
}
