import { itemAt } from '@mdctr/base';
import { loadPackages } from '@mdctr/config';
import { Registry } from '@mdctr/core';
import { readEncoded, type EncodedData } from '@mdctr/data';
import { inspectModel } from '@mdctr/inspect';
import { TensorBoard } from '@mdctr/training';
import { answerBudget } from '../budget/answer-budget.js';
import { startRuntime } from '../run/environment.js';
import { StudyStopped } from '../run/executor.js';
import type { DataFiles } from '../run/study-data.js';
import { estimateModel } from '../trial/estimate.js';
import { fitBaselineTrial } from '../trial/fit-baseline-trial.js';
import { rehearse } from '../trial/rehearse.js';
import { runPlannedTrial } from '../trial/run-planned-trial.js';
import type { FromWorker, Requests, ToWorker } from './messages.js';
import { packError } from './packed-error.js';

// The process that a study's trials run in, one after the other, as its parent asks (messages.ts).

/** Least milliseconds between two messages on steps: more would only be thrown away. */
const STEP_MS = 100;

type Answers = {
  [K in keyof Requests]: (ask: Requests[K]['ask']) => Requests[K]['answer'] | Promise<Requests[K]['answer']>;
};

let files: DataFiles = { whole: [], tuning: [] };
/** Of one setting at a time: trials come setting by setting. */
let data: { readonly file: string; readonly encoded: EncodedData } | undefined;
const registry = new Registry();
let running: AbortController | undefined;

const answers: Answers = {
  async start({ precision, packages, quiet }) {
    await loadPackages(registry, packages);
    return startRuntime(precision, quiet);
  },

  rehearse({ models, schemas }) {
    rehearse(models, registry, schemas);
    return null;
  },

  data({ files: given }) {
    files = given;
    return null;
  },

  async budget({ task }) {
    return answerBudget(task, registry, await dataOf(itemAt(files.whole, task.candidate.setting)));
  },

  async estimate({ model }) {
    return estimateModel(model, { registry, data: await dataOf(itemAt(files.whole, model.setting)) });
  },

  async baseline({ trial, folder, threads }) {
    running = new AbortController();
    try {
      const context = { data: await dataOf(itemAt(files.whole, trial.setting)), threads, signal: running.signal };
      return (await fitBaselineTrial(trial, context, folder)).outcome;
    } finally {
      running = undefined;
    }
  },

  async run({ trial, folder, facts, tensorboard }) {
    const board = new TensorBoard(tensorboard);
    const warning = board.begin();
    if (warning) tell({ kind: 'warning', message: warning });
    let toldAt = -Infinity;
    running = new AbortController();
    try {
      // A tuning trial's process does not have the test rows.
      const file = 'tuning' in trial ? itemAt(files.tuning, trial.setting)! : itemAt(files.whole, trial.setting);
      const context = { registry, data: await dataOf(file) };
      const { outcome } = await runPlannedTrial(
        context,
        trial,
        { folder, facts },
        {
          signal: running.signal,
          ...(!('tuning' in trial) && { inspect: inspectModel }),
          onStep: (step, steps, loss, learningRate) => {
            board.onStep(step, steps, loss, learningRate);
            if (performance.now() - toldAt < STEP_MS) return;
            toldAt = performance.now();
            tell({ kind: 'step', step, steps, loss, learningRate });
          },
          onEpoch: (result) => {
            board.onEpoch(result);
            tell({ kind: 'epoch', result });
          },
        },
      );
      return outcome;
    } finally {
      running = undefined;
      board.end();
    }
  },
};

async function dataOf(file: string): Promise<EncodedData> {
  if (data?.file === file) return data.encoded;
  data = undefined; // before the next are read: memory holds one of them
  const encoded = await readEncoded(file);
  if (!encoded) throw new Error(`The encoded data for this study's trials cannot be read: ${file}`);
  data = { file, encoded };
  return encoded;
}

// The parent is done, or was killed: nothing runs on unseen.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of a terminal; the parent decides what comes of it.
process.on('SIGINT', () => undefined);

process.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') {
    running?.abort(new StudyStopped());
    return;
  }
  const { kind, ...ask } = message;
  Promise.resolve(ask)
    .then(answers[kind] as (ask: object) => unknown)
    .then(
      (value) => tell({ kind: 'answer', value }),
      (error: unknown) =>
        tell(error instanceof StudyStopped ? { kind: 'stopped' } : { kind: 'error', error: packError(error) }),
    );
});

function tell(message: FromWorker): void {
  if (process.connected) process.send!(message);
}
