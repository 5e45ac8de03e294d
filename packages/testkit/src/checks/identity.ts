import { firstOf, lastOf } from '@mdctr/base';
import type { Check } from '../check.js';
import { NotApplicable, broken } from '../finding.js';
import type { CheckFixture } from '../fixture/check-fixture.js';
import { firstChanged, formatDifference, largestDifference } from '../fixture/compare.js';
import { TrainingSession } from '../fixture/training-session.js';
import { PROMISES } from '../promises.js';

export const identityAtStart: Check = {
  id: 'identity/at-start',
  title: PROMISES[5],
  promise: 5,
  of: 'plugin',
  run: (fixture) => compareWithPlain(fixture, 0),
};

export const identityInTraining: Check = {
  id: 'identity/in-training',
  title: 'At its identity setting the plugin trains as the plain backbone does.',
  of: 'plugin',
  run(fixture) {
    const { identity } = fixture;
    if (identity && 'holds' in identity && identity.holds === 'start') {
      throw new NotApplicable('the identity is promised for the start alone');
    }
    compareWithPlain(fixture, 4);
  },
};

/** Trains both for some steps and compares losses and predictions. */
function compareWithPlain(fixture: CheckFixture, steps: number): void {
  const { identity, subject, data } = fixture;
  if (!identity) throw new NotApplicable('no identity setting is declared');
  if ('none' in identity) throw new NotApplicable(identity.none);
  const plugins = subject.plugins.map((plugin) => ({ ...plugin, options: identity.options }));
  const session = TrainingSession.open({ ...subject, plugins }, data);
  const plain = fixture.openPlain();
  const limit = identity.tolerance ?? 0;
  try {
    const losses = [session, plain].map((each) => each.steps(fixture.batches(steps)));
    const compare = (what: string, found: ArrayLike<number>, wanted: ArrayLike<number>): void => {
      const difference = largestDifference(found, wanted);
      if (difference.size <= limit) return;
      broken({
        found: `${what} ${difference.index}${steps > 0 ? ` after ${steps} steps` : ''}: ${formatDifference(difference)} on the plain backbone`,
        expected: limit === 0 ? 'the same bit for bit' : `the same within ${limit}`,
        look: `The options are ${JSON.stringify(identity.options)}; look at the first values of the plugin’s parameters, and at what they multiply.`,
      });
    };
    compare('the loss of step', firstOf(losses), lastOf(losses));
    compare('the probability of row', session.predict(fixture.batch), plain.predict(fixture.batch));
  } finally {
    session.dispose();
    plain.dispose();
  }
}

export const disablingRestoresBackbone: Check = {
  id: 'identity/disabling-restores-the-backbone',
  title: PROMISES[4],
  promise: 4,
  of: 'plugin',
  costly: true,
  run(fixture) {
    const run = (
      session: TrainingSession,
    ): { start: Map<string, Float32Array>; end: Map<string, Float32Array>; scores: Float32Array } => {
      try {
        const start = session.values();
        session.steps(fixture.batches(3));
        return { start, end: session.values(), scores: session.predict(fixture.batch) };
      } finally {
        session.dispose();
      }
    };
    const before = run(fixture.openPlain());
    const withPlugin = run(fixture.open());
    const after = run(fixture.openPlain());
    const moved = firstChanged(withPlugin.start, before.start);
    if (moved) {
      broken({
        found: `the plugin changes the first value of the backbone’s ${moved.path}: ${formatDifference(moved)} without it`,
        expected: 'the same first values with and without the plugin',
        look: 'Draw random numbers from @inject(RANDOM) or by an initializer, never from a stream that others use; and write to no parameter of the backbone.',
      });
    }
    const changed = firstChanged(after.end, before.end);
    const difference = largestDifference(after.scores, before.scores);
    if (!changed && difference.size === 0) return;
    broken({
      found: changed
        ? `after a run with the plugin, the plain backbone trains to another ${changed.path}: ${formatDifference(changed)}`
        : `after a run with the plugin, row ${difference.index} of the plain backbone has ${formatDifference(difference)}`,
      expected: 'the plain backbone bit for bit',
      look: 'Look for state outside the plugin’s own object: statics, module variables, changed prototypes.',
    });
  },
};
