import { loadPackages, Registry } from '@mdctr/core';
import { readEncoded, type EncodedData } from '@mdctr/data';
import { estimateModel, planStudy, rehearse, runPlannedTrial, type StudyConfig } from '@mdctr/study';
import { startRuntime } from '../environment.js';
import { TensorBoard } from '../tensorboard.js';
import type { FromWorker, Requests, ToWorker } from './messages.js';
import { packError } from './packed-error.js';

// The process that a study's trials run in, one after the other, as its parent asks (messages.ts).

/** Least milliseconds between two messages on steps: more would only be thrown away. */
const STEP_MS = 100;

/** Why a training ends before its time. */
class Stopped extends Error {}

type Answers = {
  [K in keyof Requests]: (ask: Requests[K]['ask']) => Requests[K]['answer'] | Promise<Requests[K]['answer']>;
};

let config: StudyConfig;
let data: EncodedData;
const registry = new Registry();
let running: AbortController | undefined;

const answers: Answers = {
  async start({ config: given, packages, quiet }) {
    config = given;
    await loadPackages(registry, packages);
    return startRuntime(config.training.precision, quiet);
  },

  rehearse({ schema }) {
    rehearse(planStudy(config).models, registry, schema, config.embedding);
    return null;
  },

  async data({ file }) {
    const read = await readEncoded(file);
    if (!read) throw new Error(`The encoded data for this study's trials cannot be read: ${file}`);
    data = read;
    return null;
  },

  async estimate({ models }) {
    const plan = planStudy(config);
    const estimates = [];
    for (const model of models) estimates.push(await estimateModel(plan.models[model]!, { config, registry, data }));
    return estimates;
  },

  async run({ trial, folder, facts, tensorboard }) {
    const board = new TensorBoard(tensorboard);
    const warning = board.begin();
    if (warning) tell({ kind: 'warning', message: warning });
    let toldAt = -Infinity;
    running = new AbortController();
    try {
      return await runPlannedTrial({ config, registry, data, facts }, trial, folder, {
        signal: running.signal,
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
      });
    } finally {
      running = undefined;
      board.end();
    }
  },
};

// The parent is done, or was killed: nothing runs on unseen.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of a terminal; the parent decides what comes of it.
process.on('SIGINT', () => undefined);

process.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') {
    running?.abort(new Stopped());
    return;
  }
  const { kind, ...ask } = message;
  Promise.resolve(ask)
    .then(answers[kind] as (ask: object) => unknown)
    .then(
      (value) => tell({ kind: 'answer', value }),
      (error: unknown) =>
        tell(error instanceof Stopped ? { kind: 'stopped' } : { kind: 'error', error: packError(error) }),
    );
});

function tell(message: FromWorker): void {
  if (process.connected) process.send!(message);
}
