import { toHost } from '@mdctr/tensor';
import type { Check } from '../../check.js';
import { broken } from '../../finding.js';
import type { CheckFixture } from '../../fixture/check-fixture.js';
import { describePart, ownedParts } from '../../fixture/owned.js';
import { perturb } from '../../fixture/paths.js';
import { type TrainingSession, plainDescent } from '../../fixture/training-session.js';
import { PROMISES } from '../../promises.js';

/** Sums of absolute gradients over some steps, by path. */
type GradientSums = ReadonlyMap<string, Float32Array>;

const EXPECTED = 'a gradient that is not all zero';

export const everyParameterGetsAGradient: Check = {
  id: 'grad/reaches-every-parameter',
  title: PROMISES[3],
  promise: 3,
  of: 'any',
  run(fixture) {
    const { session, sums } = recordingSession(fixture);
    try {
      perturb(session.model.store.trainable(), 0.2);
      session.steps(fixture.batches(3));
      checkParameters(session, sums);
      checkOwnedParts(session, fixture, sums);
    } finally {
      session.dispose();
    }
  },
};

/** A session that adds up the gradients of its steps. */
function recordingSession(fixture: CheckFixture): { session: TrainingSession; sums: GradientSums } {
  const sums = new Map<string, Float32Array>();
  const session = fixture.open({
    rule: plainDescent(0.05),
    context: (context) => ({
      ...context,
      apply(gradients) {
        for (const [{ path, size }, gradient] of gradients.dense) {
          const sum = sums.get(path) ?? new Float32Array(size);
          sums.set(
            path,
            toHost(gradient).map((value, i) => sum[i]! + Math.abs(value)),
          );
        }
        context.apply(gradients);
      },
    }),
  });
  return { session, sums };
}

function checkParameters(session: TrainingSession, sums: GradientSums): void {
  for (const { path } of session.model.store.trainable()) {
    if (sums.get(path)?.some((value) => value !== 0)) continue;
    broken({
      found: `${path} got ${sums.has(path) ? 'a gradient of zeros only' : 'no gradient'} in three steps with rows of all domains`,
      expected: EXPECTED,
      look: 'Look for a stopGradient, an op without a derivative, a parameter that is made and not used, or layers that can only be 0.',
    });
  }
}

/** The parts of parameters that belong to one domain. */
function checkOwnedParts(session: TrainingSession, fixture: CheckFixture, sums: GradientSums): void {
  for (const part of ownedParts(fixture.subject, session.model)) {
    const partSums = sums.get(part.parameter.path)?.subarray(part.begin, part.end);
    if (!part.parameter.trainable || partSums?.some((value) => value !== 0)) continue;
    broken({
      found: `${describePart(part)} got no gradient in three steps with rows of all domains`,
      expected: EXPECTED,
      look: 'Look for an index of domains that is off by one.',
    });
  }
}
