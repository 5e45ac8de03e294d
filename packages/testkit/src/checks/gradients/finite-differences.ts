import { getOrThrow } from '@mdctr/base';
import { tidy, withPortableOps } from '@mdctr/tensor';
import type { Check } from '../../check.js';
import { NotApplicable, broken } from '../../finding.js';
import type { CheckFixture } from '../../fixture/check-fixture.js';
import { largestDifference, number, roundsProducts, tolerance } from '../../fixture/compare.js';
import type { TrainingSession } from '../../fixture/training-session.js';
import { compareWithDifferences } from './compare-with-differences.js';
import { exactly, gradients, type Gradients } from './loss-gradients.js';

export const finiteDifferences: Check = {
  id: 'grad/finite-differences',
  title: 'Gradients of the cross entropy, in native and portable form, agree with finite differences.',
  of: 'any',
  run(fixture) {
    compareWithDifferences(fixture, 'cross entropy', (session) => {
      const native = gradients(session, fixture, 'cross entropy');
      const portable = withPortableOps(() => gradients(session, fixture, 'cross entropy'));
      compareForms(native, portable);
      return roundsProducts() ? portable : native;
    });
  },
};

export const penaltyDifferences: Check = {
  id: 'grad/penalty-finite-differences',
  title: 'Gradients of the plugin’s penalty agree with finite differences.',
  of: 'plugin',
  costly: true,
  run(fixture) {
    compareWithDifferences(fixture, 'penalty', (session) => {
      if (!hasPenalty(session, fixture)) throw new NotApplicable('the plugin adds nothing to the loss here');
      return exactly(() => gradients(session, fixture, 'penalty'));
    });
  },
};

function hasPenalty(session: TrainingSession, { batch }: CheckFixture): boolean {
  let found = false;
  tidy(() => {
    const { batch: seen } = session.model.run(session.model.lookup(batch), batch, { training: true });
    found = session.model.penalties(seen).length > 0;
  });
  return found;
}

function compareForms(native: Gradients, portable: Gradients): void {
  const limit = tolerance();
  for (const [path, values] of native) {
    const difference = largestDifference(values, getOrThrow(portable, path));
    if (difference.size <= limit) continue;
    broken({
      found: `${path}, element ${difference.index}: ${number(difference.a)} in native form, ${number(difference.b)} in portable form`,
      expected: `the same within ${limit}`,
      look: 'An op of the plugin’s or the backbone’s own has two forms that do not agree.',
    });
  }
}
