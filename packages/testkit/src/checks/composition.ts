import { metadataOf } from '../fixture/metadata-of.js';
import { firstOf, lastOf } from '@mdctr/base';
import { type UnitClass } from '@mdctr/core';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import type { CheckFixture } from '../fixture/check-fixture.js';
import { firstChanged, formatDifference, largestDifference } from '../fixture/compare.js';
import { First, NothingAfter, NothingBefore, Second, events } from '../fixture/probes.js';
import { TrainingSession } from '../fixture/training-session.js';

function between(fixture: CheckFixture, before: UnitClass, after: UnitClass): TrainingSession {
  const bare = (cls: UnitClass) => ({ cls, options: {} });
  const plugins = [bare(before), ...fixture.subject.plugins, bare(after)];
  return TrainingSession.open({ ...fixture.subject, plugins }, fixture.data);
}

export const composesWithNothing: Check = {
  id: 'compose/with-plugins-that-do-nothing',
  title: 'Plugins that stay out, before and after it, change nothing.',
  of: 'plugin',
  costly: true,
  run(fixture) {
    const [alone, among] = [fixture.open(), between(fixture, NothingBefore, NothingAfter)];
    try {
      const losses = [among, alone].map((session) => session.steps(fixture.batches(3)));
      const changed = firstChanged(among.values(), alone.values());
      const loss = largestDifference(firstOf(losses), lastOf(losses));
      const score = largestDifference(among.predict(fixture.batch), alone.predict(fixture.batch));
      if (!changed && loss.size === 0 && score.size === 0) return;
      const worst = loss.size > 0 ? loss : score.size > 0 ? score : changed!;
      broken({
        found: `${loss.size > 0 ? 'a loss' : score.size > 0 ? 'a probability' : changed!.path}: ${formatDifference(worst)} without them`,
        expected: 'the same bit for bit',
        look: 'A plugin may not depend on how many plugins there are, nor on its place among them.',
      });
    } finally {
      alone.dispose();
      among.dispose();
    }
  },
};

export const keepsTheOrder: Check = {
  id: 'compose/lets-others-in-in-order',
  title: 'Hooks of plugins before and after it run, each in its turn.',
  of: 'plugin',
  costly: true,
  run(fixture) {
    const session = between(fixture, First, Second);
    try {
      events.length = 0;
      session.step(firstOf(fixture.batches(1)));
      session.predict(fixture.batch);
      const seen = [...events];
      const owns = Object.assign({}, ...fixture.subject.plugins.map(({ cls }) => metadataOf(cls).owns ?? {})) as object;
      const wanted = ['embedding', 'logit', 'evaluate', ...('step' in owns ? [] : ['step'])];
      const has = (text: string): boolean => seen.some((event) => event.startsWith(text));
      // Sites that the plugin builds several times, or under other names, are announced to both all the same.
      if (has('first hidden') || has('second hidden')) wanted.push('hidden');
      if (!('kernel' in owns) && !('tower' in owns)) wanted.push('affine');
      for (const hook of wanted) {
        for (const probe of ['first', 'second']) {
          if (has(`${probe} ${hook}`)) continue;
          broken({
            found: `the hook \`${hook}\` of a plugin ${probe === 'first' ? 'before' : 'after'} it never ran`,
            expected: 'one call or more in a step and a prediction',
            look: 'An `around` hook must call `next` or `site.build()`, unless the plugin declares in `owns` what it replaces.',
          });
        }
        // In transforms the first runs first; around hooks begin from the outside.
        if (placeOf(seen, `first ${hook}`) < placeOf(seen, `second ${hook}`)) continue;
        broken({
          found: `the hook \`${hook}\` of the plugin after it ran before that of the plugin before it`,
          look: 'Interceptors must run where they are called from; a plugin may not put off what lies around it.',
        });
      }
    } finally {
      events.length = 0;
      session.dispose();
    }
  },
};

const placeOf = (seen: readonly string[], start: string): number => seen.findIndex((event) => event.startsWith(start));
