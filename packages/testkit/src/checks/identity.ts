import { broken, NotApplicable, type Check } from '../check.js';
import type { Bench } from '../fixture/bench.js';
import { firstChanged, formatDifference, largestDifference } from '../fixture/compare.js';
import { Lab } from '../fixture/lab.js';
import { PROMISES } from '../promises.js';

export const identityAtStart: Check = {
  id: 'identity/at-start',
  title: PROMISES[5],
  promise: 5,
  of: 'plugin',
  run: (bench) => compareWithPlain(bench, 0),
};

export const identityInTraining: Check = {
  id: 'identity/in-training',
  title: 'At its identity setting the plugin trains as the plain backbone does.',
  of: 'plugin',
  run(bench) {
    const { identity } = bench;
    if (identity && 'holds' in identity && identity.holds === 'start') {
      throw new NotApplicable('the identity is promised for the start alone');
    }
    compareWithPlain(bench, 4);
  },
};

/** Trains both for some steps and compares losses and predictions. */
function compareWithPlain(bench: Bench, steps: number): void {
  const { identity, subject, world } = bench;
  if (!identity) throw new NotApplicable('no identity setting is declared');
  if ('none' in identity) throw new NotApplicable(identity.none);
  const plugins = subject.plugins.map((plugin) => ({ ...plugin, options: identity.options }));
  const lab = Lab.open({ ...subject, plugins }, world);
  const plain = bench.openPlain();
  const limit = identity.tolerance ?? 0;
  try {
    const losses = [lab, plain].map((each) => each.steps(bench.batches(steps)));
    const compare = (what: string, found: ArrayLike<number>, wanted: ArrayLike<number>): void => {
      const difference = largestDifference(found, wanted);
      if (difference.size <= limit) return;
      broken({
        found: `${what} ${difference.index}${steps > 0 ? ` after ${steps} steps` : ''}: ${formatDifference(difference)} on the plain backbone`,
        expected: limit === 0 ? 'the same bit for bit' : `the same within ${limit}`,
        look: `The options are ${JSON.stringify(identity.options)}; look at the first values of the plugin’s parameters, and at what they multiply.`,
      });
    };
    compare('the loss of step', losses[0]!, losses[1]!);
    compare('the probability of row', lab.predict(bench.batch), plain.predict(bench.batch));
  } finally {
    lab.dispose();
    plain.dispose();
  }
}

export const disablingRestoresBackbone: Check = {
  id: 'identity/disabling-restores-the-backbone',
  title: PROMISES[4],
  promise: 4,
  of: 'plugin',
  costly: true,
  run(bench) {
    const run = (
      lab: Lab,
    ): { start: Map<string, Float32Array>; end: Map<string, Float32Array>; scores: Float32Array } => {
      try {
        const start = lab.values();
        lab.steps(bench.batches(3));
        return { start, end: lab.values(), scores: lab.predict(bench.batch) };
      } finally {
        lab.dispose();
      }
    };
    const before = run(bench.openPlain());
    const withPlugin = run(bench.open());
    const after = run(bench.openPlain());
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
