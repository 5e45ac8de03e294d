import { itemAt } from '@mdctr/base';
import type { HostBatch } from '@mdctr/core';
import { adam } from '@mdctr/tensor';
import { crossEntropy } from '@mdctr/metrics';
import type { Check } from '../check.js';
import { broken } from '../finding.js';
import type { CheckFixture } from '../fixture/check-fixture.js';
import { number } from '../fixture/compare.js';
import { PROMISES } from '../promises.js';

const STEPS = 10;

export const logitsOfBothSigns: Check = {
  id: 'output/logits-of-both-signs',
  title: PROMISES[6],
  promise: 6,
  of: 'any',
  costly: true,
  run(fixture) {
    for (const label of [0, 1] as const) {
      const wanted = label === 0 ? 'negative' : 'positive';
      const score = meanScoreWhereAllAre(fixture, label);
      if (label === 0 ? score < 0.49 : score > 0.51) continue;
      broken({
        found: `after ${STEPS} steps on rows with label ${label} the mean probability is ${number(score)}, so the logit is not ${wanted}`,
        expected: `a probability ${label === 0 ? 'below 0.49' : 'above 0.51'}`,
        look: 'Look for an activation on the last logit, or a part that is added to it and cannot change its sign.',
      });
    }
  },
};

function meanScoreWhereAllAre(fixture: CheckFixture, label: 0 | 1): number {
  const session = fixture.open({ rule: adam({ learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }) });
  try {
    const batch = fixture.data.batch(fixture.data.rows(24, 51).map((row) => ({ ...row, label })));
    session.steps(Array.from({ length: STEPS }, () => batch));
    return session.predict(batch).reduce((sum, score) => sum + score / batch.rows, 0);
  } finally {
    session.dispose();
  }
}

/** As many steps as it takes, up to this many. */
const LEARNING_STEPS = 120;
const LEARNING_ROUND = 10;

export const learnsPlantedProblem: Check = {
  id: 'learn/planted-problem',
  title: 'The model learns a planted problem: the loss falls clearly, below that of the best constant.',
  of: 'any',
  costly: true,
  run(fixture) {
    const { data } = fixture;
    const session = fixture.open({ rule: adam({ learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }) });
    try {
      const batches = Array.from({ length: 6 }, (_, i) => data.batch(data.rows(96, 61 + i)));
      const heldOut = data.batch(data.rows(192, 71));
      const first = lossOf(session.predict(heldOut), heldOut);
      const rate = heldOut.labels!.reduce((sum, label) => sum + label, 0) / heldOut.rows;
      const constant = -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
      let last = first;
      for (let i = 1; i <= LEARNING_STEPS; i++) {
        session.step(itemAt(batches, i % batches.length), i / LEARNING_STEPS);
        if (i % LEARNING_ROUND > 0) continue;
        last = lossOf(session.predict(heldOut), heldOut);
        if (last < 0.9 * Math.min(first, constant)) return;
      }
      broken({
        found: `log loss ${number(last)} on held-out rows after ${LEARNING_STEPS} steps, ${number(first)} before the first, ${number(constant)} by the best constant`,
        expected: 'at most 0.9 of the smaller',
        look: 'Look at the gradients (`grad/...`), and whether the step applies them.',
      });
    } finally {
      session.dispose();
    }
  },
};

const lossOf = (scores: Float32Array, batch: HostBatch): number => crossEntropy(scores, batch.labels!);
