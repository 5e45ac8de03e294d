import { firstOf, getOrThrow } from '@mdctr/base';
import { tidy, toHost } from '@mdctr/tensor';
import { broken } from '../../finding.js';
import type { CheckFixture } from '../../fixture/check-fixture.js';
import { number } from '../../fixture/compare.js';
import { perturb } from '../../fixture/paths.js';
import { MIDWAY, type TrainingSession } from '../../fixture/training-session.js';
import { lossAt, type Gradients, type LossPart } from './loss-gradients.js';
import { rowsAlong, slopeDirection, valuesAlong } from './slope.js';

/** Steps of the differences; a kink or a threshold in the way of the first is seldom in the way of the second. */
const STEPS = [1e-2, 2e-3];
/** Seeds of the places that gradients are taken at: where a place lies on a threshold, the next one seldom does. */
const PLACES = [5, 6, 7];

/** A place where gradients are compared: a model, its gradients, and its embedding rows. */
interface Place {
  readonly session: TrainingSession;
  readonly found: Gradients;
  readonly rows: Float32Array;
}

/**
 * Compares gradients with differences in the middle of training, where no parameter has a special value and the backbone
 * no kink. What does not agree at one place gets another try at the next.
 */
export function compareWithDifferences(
  fixture: CheckFixture,
  part: LossPart,
  take: (session: TrainingSession) => Gradients,
): void {
  const places: Place[] = [];
  const place = (index: number): Place => {
    if (places[index]) return places[index];
    const session = fixture.open({ smooth: true });
    places.push({ session, found: new Map(), rows: new Float32Array(0) }); // so that it is disposed whatever comes
    perturb(session.model.store.trainable(), 0.2, PLACES[index]);
    session.assembled.setStep(MIDWAY);
    return (places[index] = { session, found: take(session), rows: hostRows(session, fixture) });
  };
  try {
    for (const path of place(0).found.keys()) {
      const disagreements: string[] = [];
      while (disagreements.length < PLACES.length) {
        const disagreement = disagreementAt(place(disagreements.length), path, fixture, part);
        if (disagreement === undefined) break;
        disagreements.push(disagreement);
      }
      if (disagreements.length < PLACES.length) continue;
      broken({
        found: `${path}: ${firstOf(disagreements)}`,
        expected: 'the same within 2%',
        look: 'Compare the op’s gradient with its derivative by hand. Straight-through estimators and stopGradient are meant to differ: declare those as an expected failure with the reason.',
      });
    }
  } finally {
    for (const { session } of places) session.dispose();
  }
}

/**
 * Compares a gradient with the slope along one direction, partly the gradient's own and partly random, so that a wrong
 * element shows, and a gradient that is missing as a whole. undefined where the two agree.
 */
function disagreementAt(
  { session, found, rows }: Place,
  path: string,
  fixture: CheckFixture,
  part: LossPart,
): string | undefined {
  const gradient = getOrThrow(found, path);
  const direction = slopeDirection(path, gradient);
  const claimed = gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0);
  const parameter = session.model.store.get(path);
  const along = parameter
    ? valuesAlong(parameter, () => lossAt(session, fixture, part))
    : rowsAlong(rows, (moved) => lossAt(session, fixture, part, moved));
  const limit = 2e-4 + 2e-2 * Math.max(Math.abs(claimed), Math.hypot(...gradient));
  const measured: number[] = [];
  for (const step of STEPS) {
    const slope = (along(direction, step) - along(direction, -step)) / (2 * step);
    if (Math.abs(slope - claimed) <= limit) return undefined;
    measured.push(slope);
  }
  const slopes = measured.map(number).join(' and, by a smaller step, ');
  return `the gradient says that the ${part} rises by ${number(claimed)} along a direction, differences say ${slopes}`;
}

function hostRows(session: TrainingSession, { batch }: CheckFixture): Float32Array {
  let rows!: Float32Array;
  tidy(() => {
    rows = toHost(session.model.lookup(batch));
  });
  return rows;
}
