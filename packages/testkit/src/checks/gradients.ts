import { Random } from '@mdctr/base';
import {
  sigmoidCrossEntropy,
  tensor,
  tidy,
  toHost,
  valueAndGradients,
  withPortableOps,
  add,
  type Parameter,
  type Scalar,
  type Tensor,
} from '@mdctr/tensor';
import type { Check } from '../check.js';
import { NotApplicable, broken } from '../finding.js';
import type { CheckFixture } from '../fixture/check-fixture.js';
import { largestDifference, number, roundsProducts, tolerance } from '../fixture/compare.js';
import { describePart, ownedParts } from '../fixture/owned.js';
import { perturb } from '../fixture/paths.js';
import { type TrainingSession, plainDescent } from '../fixture/training-session.js';
import { PROMISES } from '../promises.js';

/** What is differentiated: the cross entropy, or the plugins' penalties alone. */
type Part = 'cross entropy' | 'penalty';
type Gradients = ReadonlyMap<string, Float32Array>;

const ROWS = 'embedding rows';
/** Steps of the differences; a kink or a threshold in the way of the first is seldom in the way of the second. */
const STEPS = [1e-2, 2e-3];
/** Seeds of the places that gradients are taken at: where a place lies on a threshold, the next one seldom does. */
const PLACES = [5, 6, 7];

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

export const everyParameterGetsAGradient: Check = {
  id: 'grad/reaches-every-parameter',
  title: PROMISES[3],
  promise: 3,
  of: 'any',
  run(fixture) {
    const reached = new Map<string, Float32Array>();
    const session = fixture.open({
      rule: plainDescent(0.05),
      context: (context) => ({
        ...context,
        apply(gradients) {
          for (const [{ path, size }, gradient] of gradients.dense) {
            const sum = reached.get(path) ?? new Float32Array(size);
            reached.set(
              path,
              toHost(gradient).map((value, i) => sum[i]! + Math.abs(value)),
            );
          }
          context.apply(gradients);
        },
      }),
    });
    try {
      perturb(session.model.store.trainable(), 0.2);
      session.steps(fixture.batches(3));
      const look =
        'Look for a stopGradient, an op without a derivative, a parameter that is made and not used, or layers that can only be 0.';
      for (const { path } of session.model.store.trainable()) {
        if (reached.get(path)?.some((value) => value !== 0)) continue;
        broken({
          found: `${path} got ${reached.has(path) ? 'a gradient of zeros only' : 'no gradient'} in three steps with rows of all domains`,
          expected: 'a gradient that is not all zero',
          look,
        });
      }
      for (const part of ownedParts(fixture.subject, session.model)) {
        const sums = reached.get(part.parameter.path)?.subarray(part.begin, part.end);
        if (!part.parameter.trainable || sums?.some((value) => value !== 0)) continue;
        broken({
          found: `${describePart(part)} got no gradient in three steps with rows of all domains`,
          expected: 'a gradient that is not all zero',
          look: 'Look for an index of domains that is off by one.',
        });
      }
    } finally {
      session.dispose();
    }
  },
};

/** Gradients by path, embedding rows included; zeros where the loss does not depend on a parameter. */
function gradients(session: TrainingSession, { batch }: CheckFixture, part: Part): Gradients {
  const result = new Map<string, Float32Array>();
  tidy(() => {
    const rows = session.model.lookup(batch);
    const labels = tensor(batch.labels!, [batch.rows, 1]);
    const loss = (): Scalar => {
      const { logits, batch: seen } = session.model.run(rows, batch, { training: true });
      const penalties = session.model.penalties(seen);
      return part === 'penalty' ? (penalties.reduce(add) as Scalar) : sigmoidCrossEntropy(logits, labels);
    };
    const parameters = session.model.store.trainable();
    const { gradients: found } = valueAndGradients(loss, [rows, ...parameters.map(({ value }) => value)]);
    const host = (gradient: Tensor | undefined, size: number): Float32Array =>
      gradient ? toHost(gradient) : new Float32Array(size);
    result.set(ROWS, host(found[0], rows.size));
    parameters.forEach(({ path, size }, i) => result.set(path, host(found[i + 1], size)));
  });
  return result;
}

/** The loss at the present values, with embedding rows `rows` where given; summed on the host in double precision. */
function lossAt(session: TrainingSession, { batch }: CheckFixture, part: Part, rows?: Float32Array): number {
  let loss = 0;
  const forward = (): void => {
    const leaf = rows ? tensor(rows, [batch.uniqueIds.length, session.model.dim]) : session.model.lookup(batch);
    const { logits, batch: seen } = session.model.run(leaf, batch, { training: true });
    const penalties = session.model.penalties(seen);
    if (part === 'penalty') loss = penalties.reduce((total, term) => total + toHost(term)[0]!, 0);
    else toHost(logits).forEach((logit, i) => (loss += crossEntropy(logit, batch.labels![i]!) / batch.rows));
  };
  exactly(() => tidy(forward));
  return loss;
}

const crossEntropy = (x: number, z: number): number => Math.max(x, 0) - x * z + Math.log1p(Math.exp(-Math.abs(x)));

function hasPenalty(session: TrainingSession, { batch }: CheckFixture): boolean {
  let found = false;
  tidy(() => {
    const { batch: seen } = session.model.run(session.model.lookup(batch), batch, { training: true });
    found = session.model.penalties(seen).length > 0;
  });
  return found;
}

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
function compareWithDifferences(
  fixture: CheckFixture,
  part: Part,
  take: (session: TrainingSession) => Gradients,
): void {
  const places: Place[] = [];
  const place = (index: number): Place => {
    if (places[index]) return places[index];
    const session = fixture.open({ smooth: true });
    places.push({ session, found: new Map(), rows: new Float32Array(0) }); // so that it is disposed whatever comes
    perturb(session.model.store.trainable(), 0.2, PLACES[index]);
    session.assembled.setProgress(0.5);
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
        found: `${path}: ${disagreements[0]!}`,
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
  part: Part,
): string | undefined {
  const gradient = found.get(path)!;
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

function slopeDirection(path: string, gradient: Float32Array): Float32Array {
  const random = new Random(3).fork(path);
  const noise = gradient.map(() => random.normal());
  const [size, noiseSize] = [Math.hypot(...gradient), Math.hypot(...noise)];
  // Unequal parts: in one dimension two of one length could cancel each other.
  const mixed = gradient.map((value, i) => (size > 0 ? value / size : 0) + noise[i]! / (2 * noiseSize));
  const mixedSize = Math.hypot(...mixed);
  return mixed.map((value) => value / mixedSize);
}

type Along = (direction: Float32Array, distance: number) => number;

function valuesAlong(parameter: Parameter, loss: () => number): Along {
  const start = parameter.toHost();
  return (direction, distance) => {
    parameter.write(start.map((value, i) => value + distance * direction[i]!));
    const result = loss();
    parameter.write(start);
    return result;
  };
}

function rowsAlong(start: Float32Array, loss: (rows: Float32Array) => number): Along {
  return (direction, distance) => loss(start.map((value, i) => value + distance * direction[i]!));
}

function hostRows(session: TrainingSession, { batch }: CheckFixture): Float32Array {
  let rows!: Float32Array;
  tidy(() => {
    rows = toHost(session.model.lookup(batch));
  });
  return rows;
}

/** Differences of rounded products say nothing about slopes: in bfloat16 they are taken of the portable form, which is exact. */
function exactly<T>(body: () => T): T {
  return roundsProducts() ? withPortableOps(body) : body();
}

function compareForms(native: Gradients, portable: Gradients): void {
  const limit = tolerance();
  for (const [path, values] of native) {
    const difference = largestDifference(values, portable.get(path)!);
    if (difference.size <= limit) continue;
    broken({
      found: `${path}, element ${difference.index}: ${number(difference.a)} in native form, ${number(difference.b)} in portable form`,
      expected: `the same within ${limit}`,
      look: 'An op of the plugin’s or the backbone’s own has two forms that do not agree.',
    });
  }
}
