import { firstOf, lastOf } from '@mdctr/base';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveTensors } from '@mdctr/tensor';
import { loadArtifact, restoreWeights, saveArtifact } from '@mdctr/training';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import type { CheckFixture } from '../fixture/check-fixture.js';
import { firstChanged, formatDifference, largestDifference } from '../fixture/compare.js';
import type { TrainingSession } from '../fixture/training-session.js';
import { PROMISES } from '../promises.js';

/** Puts a model's saved artifact into a fresh model of another seed, so that whatever was not saved differs. */
export async function reopened(fixture: CheckFixture, session: TrainingSession): Promise<TrainingSession> {
  const folder = await mkdtemp(join(tmpdir(), 'mdctr-check-'));
  const fresh = fixture.open({ seed: 99 });
  try {
    session.flush();
    const artifact = join(folder, 'model');
    await saveArtifact(artifact, session.model, { config: {}, fields: [], vocabularies: {}, metrics: {} });
    restoreWeights(fresh.assembled, (await loadArtifact(artifact)).weights);
    return fresh;
  } catch (error) {
    fresh.dispose();
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const saveAndLoad: Check = {
  id: 'state/save-and-load',
  title: 'A saved and loaded model gives the same output, bit for bit.',
  of: 'any',
  async run(fixture) {
    const { trained, batch } = fixture;
    const loaded = await reopened(fixture, trained);
    try {
      const changed = firstChanged(loaded.values(), trained.values());
      const difference = largestDifference(loaded.predict(batch), trained.predict(batch));
      if (!changed && difference.size === 0) return;
      broken({
        found: changed
          ? `${changed.path}: ${formatDifference(changed)} before saving`
          : `row ${difference.index}: ${formatDifference(difference)} before saving`,
        expected: 'the same output bit for bit',
        look: 'Whatever evaluation reads must be a parameter or a state (`site.scope().state(...)`), the schedule, or an option; fields of the object are not saved.',
      });
    } finally {
      loaded.dispose();
    }
  },
};

export const continuesAfterLoad: Check = {
  id: 'state/training-continues-after-load',
  title: PROMISES[8],
  promise: 8,
  of: 'any',
  costly: true,
  async run(fixture) {
    const original = fixture.open();
    let loaded: TrainingSession | undefined;
    try {
      original.steps(fixture.batches(2));
      loaded = await reopened(fixture, original);
      // An artifact does not hold the optimizer's memory, so both go on with a fresh one.
      original.renewOptimizer();
      const losses = [original, loaded].map((session) => session.steps(fixture.batches(3, 3)));
      const difference = largestDifference(lastOf(losses), firstOf(losses));
      if (difference.size <= 1e-6) return;
      broken({
        found: `step ${difference.index + 1} after loading: loss ${formatDifference(difference)} in the model that was saved`,
        expected: 'the same losses within 1e-6',
        look: 'Counters, temperatures and moving averages belong into `state` parameters or come from SCHEDULE; fields of the object are not saved.',
      });
    } finally {
      original.dispose();
      loaded?.dispose();
    }
  },
};

export const evaluationChangesNothing: Check = {
  id: 'state/evaluation-changes-nothing',
  title: PROMISES[7],
  promise: 7,
  of: 'any',
  costly: true,
  run(fixture) {
    const [watched, twin] = [fixture.open(), fixture.open()];
    try {
      const batches = fixture.batches(3);
      for (const batch of batches.slice(0, 1)) for (const session of [watched, twin]) session.step(batch);
      const before = twin.values(); // brings embedding rows up to date, as `watched` has to be before it evaluates
      watched.flush();
      for (let i = 0; i < 3; i++) watched.predict(fixture.batch);
      watched.assembled.diagnostics();
      const changed = firstChanged(watched.values(), before);
      if (changed) {
        broken({
          found: `evaluation changed ${changed.path}: ${formatDifference(changed)} before`,
          expected: 'no change',
          look: 'Moving averages and counters move in training only: ask `batch.training`.',
        });
      }
      const losses = [watched, twin].map((session) => batches.slice(1).map((batch) => session.step(batch)));
      const difference = largestDifference(firstOf(losses), lastOf(losses));
      if (difference.size === 0) return;
      broken({
        found: `a training step after evaluation has loss ${formatDifference(difference)} without evaluation in between`,
        expected: 'the same loss bit for bit',
        look: 'Look for a field of the object, or a random stream, that a forward pass in evaluation moves on.',
      });
    } finally {
      watched.dispose();
      twin.dispose();
    }
  },
};

export const noTensorLeak: Check = {
  id: 'state/no-tensor-leak',
  title: 'No tensors pile up over steps and evaluations, and a disposed model leaves none.',
  of: 'any',
  costly: true,
  run(fixture) {
    const batches = fixture.batches(6);
    const before = liveTensors();
    const session = fixture.open();
    try {
      const counts = batches.map((batch) => {
        session.step(batch);
        session.predict(fixture.batch);
        session.assembled.diagnostics();
        return liveTensors();
      });
      const grown = lastOf(counts) - counts[2]!;
      if (grown > 0) {
        broken({
          found: `${grown} tensors more after three further steps and evaluations`,
          expected: 'none',
          look: 'Run what happens outside a forward pass (`step`, `evaluate`, `diagnostics`) inside `tidy`, and dispose gradients by `context.release`.',
        });
      }
    } finally {
      session.dispose();
    }
    const left = liveTensors() - before;
    if (left <= 0) return;
    broken({
      found: `${left} tensors are left after the model was disposed`,
      expected: 'none',
      look: 'Whatever is kept by `keep` must be disposed by whoever kept it.',
    });
  },
};

export const determinism: Check = {
  id: 'state/determinism',
  title: 'Two fresh models of one seed give the same numbers, side by side.',
  of: 'any',
  costly: true,
  run(fixture) {
    const [first, second] = [fixture.open(), fixture.open()];
    try {
      // Turn by turn, so that anything the two share shows.
      fixture.batches(2).forEach((batch, step) => {
        const loss = largestDifference([first.step(batch)], [second.step(batch)]);
        const score = largestDifference(first.predict(fixture.batch), second.predict(fixture.batch));
        if (loss.size > 0) differ(`the loss of step ${step + 1}`, loss);
        if (score.size > 0) differ(`row ${score.index} after step ${step + 1}`, score);
      });
      const changed = firstChanged(first.values(), second.values());
      if (changed) differ(changed.path, changed);
    } finally {
      first.dispose();
      second.dispose();
    }
  },
};

function differ(what: string, difference: Parameters<typeof formatDifference>[0]): never {
  return broken({
    found: `${what}: ${formatDifference(difference)} in the second model`,
    expected: 'the same bit for bit',
    look: 'Look for Math.random, the time, statics and module variables; draw from @inject(RANDOM) alone.',
  });
}
