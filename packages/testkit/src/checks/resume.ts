import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpoints, train, type PartialTrainingOptions, type TrainingResult } from '@mdctr/training';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import { firstChanged, formatDifference, largestDifference } from '../fixture/compare.js';
import { memorySource } from '../fixture/memory-source.js';
import { valuesOf } from '../fixture/paths.js';
import { build } from '../fixture/subject.js';

const options: PartialTrainingOptions = {
  epochs: 2,
  batchSize: 24,
  batchDomains: 'mixed',
  optimizer: { kind: 'adam', learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  selectBy: 'logLoss',
  patience: 2,
  precision: 'float32',
  checkpoint: { everySeconds: 1e-9, epochEnd: true }, // after every step
};
const IDENTITY = { check: 'state/resumes-exactly' };
/** Four steps in all. The fourth is broken off, after the third of them, in the second epoch, was saved. */
const ROWS = 48;
const LAST_STEP = 4;

class BrokenOff extends Error {}

export const resumesExactly: Check = {
  id: 'state/resumes-exactly',
  title:
    'A training that is broken off and resumed from its checkpoint ends as one that never was, bit for bit: the optimizer’s memory and the schedule included.',
  of: 'any',
  costly: true,
  async run({ subject, data }) {
    const source = memorySource(data, data.rows(ROWS, 91));
    const folder = await mkdtemp(join(tmpdir(), 'mdctr-check-'));
    const checkpoints = new Checkpoints(join(folder, 'model'));
    const [whole, first, second] = [build(subject, data), build(subject, data), build(subject, data)];
    try {
      const wanted = await train(whole, source, options, { seed: 1 });
      const breakOff = (step: number): void => {
        if (step === LAST_STEP) throw new BrokenOff();
      };
      const saveTo = { checkpoints, identity: IDENTITY };
      await train(first, source, options, { seed: 1, saveTo, onStep: breakOff }).catch((error: unknown) => {
        if (!(error instanceof BrokenOff)) throw error;
      });
      const found = await train(second, source, options, { seed: 1, resumeFrom: await checkpoints.read(IDENTITY) });
      const losses = ({ epochs }: TrainingResult): number[] => epochs.map(({ loss }) => loss);
      const difference = largestDifference(losses(found), losses(wanted));
      const changed = firstChanged(valuesOf(second.model), valuesOf(whole.model));
      if (difference.size === 0 && !changed) return;
      broken({
        found: changed
          ? `${changed.path}: ${formatDifference(changed)} without the break`
          : `the loss of epoch ${difference.index + 1}: ${formatDifference(difference)} without the break`,
        expected: 'the same bit for bit',
        look: 'Counters and temperatures belong into `state` parameters or come from SCHEDULE, random numbers from @inject(RANDOM); fields of the object are not saved.',
      });
    } finally {
      for (const assembled of [whole, first, second]) assembled.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
