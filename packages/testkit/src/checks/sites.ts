import type { Check } from '../check.js';
import { broken } from '../finding.js';
import { largestDifference } from '../fixture/compare.js';
import { SiteFinder } from '../fixture/probes.js';
import { TrainingSession } from '../fixture/training-session.js';

export const announcesItsSites: Check = {
  id: 'sites/announced-and-used',
  title: 'Each hidden site that the backbone announces has the width it says, runs, and its result is used.',
  of: 'backbone',
  run({ subject, data, batch }) {
    const session = TrainingSession.open(
      { ...subject, plugins: [...subject.plugins, { cls: SiteFinder, options: {} }] },
      data,
    );
    try {
      const sites = SiteFinder.sites;
      if (sites.length === 0) {
        broken({
          found: 'the backbone announces no hidden site, so most plugins have nothing to act on',
          expected: 'one or more',
          look: 'Build hidden layers by `net.tower`, or announce them by `net.hidden`.',
        });
      }
      const plain = session.predict(batch);
      for (const { path, units, widths, calls } of sites) {
        if (calls === 0) {
          broken({
            found: `the site ${path} is announced, and its interceptor never runs`,
            expected: 'one call a forward pass',
            look: 'Call what `net.hidden` returned with the layer’s output.',
          });
        }
        const wrong = [...widths].find((width) => width !== units);
        if (wrong !== undefined) {
          broken({
            found: `the site ${path} is announced with ${units} units and gets ${wrong}`,
            expected: 'one width',
            look: 'Pass the layer’s own width to `net.hidden`.',
          });
        }
        SiteFinder.doubled = path;
        if (largestDifference(session.predict(batch), plain).size > 0) continue;
        broken({
          found: `twice the output at the site ${path} changes no prediction`,
          expected: 'other predictions',
          look: 'Go on with what the interceptor returns, not with what it was given.',
        });
      }
    } finally {
      SiteFinder.doubled = undefined;
      session.dispose();
    }
  },
};
