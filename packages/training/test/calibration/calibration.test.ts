import { Random } from '@mdctr/base';
import { evaluateScores } from '@mdctr/metrics';
import { describe, expect, it } from 'vitest';
import { calibrated, fitCalibration, type Calibration } from '../../src/calibration/calibration.js';
import type { JudgedScores } from '../../src/calibration/judged-scores.js';

const KINDS = [
  { kind: 'scale', strength: 200, measured: false },
  { kind: 'isotonic', strength: 1000, measured: false },
] as const;
const DOMAINS = 4; // the last has no rows

/** Rows whose true logit is 1.6 z - .5 + a shift of the domain, and a model that says z. */
function rowsOf(seed: number, count: number): JudgedScores {
  const random = new Random(seed);
  const domains = Int32Array.from({ length: count }, () => Math.floor(3 * random.uniform() ** 2));
  const logits = Float64Array.from(domains, () => 2 * random.uniform() + random.uniform() - 2.5);
  const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
  const labels = Float32Array.from(logits, (z, i) => {
    const shift = [0.7, 0, -0.9][domains[i]!]!;
    return random.uniform() < sigmoid(1.6 * z - 0.5 + shift) ? 1 : 0;
  });
  return { scores: Float32Array.from(logits, sigmoid), labels, domains };
}

const metricsOf = (rows: JudgedScores, scores = rows.scores) =>
  evaluateScores({ ...rows, scores, domainLabels: ['a', 'b', 'c', 'd'] });

describe.each(KINDS)('calibration by $kind', (options) => {
  const fitted = fitCalibration(rowsOf(1, 6000), DOMAINS, options)!;
  const further = rowsOf(2, 6000);
  const scores = calibrated(fitted, further);

  it('improves log loss, PCOC and ECE on rows that it was not fitted to, in every domain', () => {
    const [before, after] = [metricsOf(further), metricsOf(further, scores)];
    expect(after.metrics.logLoss!).toBeLessThan(before.metrics.logLoss! - 0.01);
    after.domains.forEach(({ domain, metrics }) => {
      const raw = before.domains.find((one) => one.domain === domain)!.metrics;
      expect(metrics.logLoss!).toBeLessThan(raw.logLoss!);
      expect(Math.abs(metrics.pcoc! - 1)).toBeLessThan(Math.max(0.1, Math.abs(raw.pcoc! - 1) / 2));
      expect(metrics.ece!).toBeLessThan(raw.ece!);
    });
  });

  it('never reverses the order of two scores inside a domain', () => {
    for (let domain = 0; domain < DOMAINS; domain++) {
      const steps = Float32Array.from({ length: 999 }, (_, i) => (i + 1) / 1000);
      const found = calibrated(fitted, { scores: steps, domains: new Int32Array(999).fill(domain) });
      found.forEach((score, i) => expect(score).toBeGreaterThanOrEqual(i === 0 ? 0 : found[i - 1]!));
    }
  });

  it('is the same after a stay in a file; of a domain without rows it is that of all rows', () => {
    const stored = JSON.parse(JSON.stringify(fitted)) as Calibration;
    expect(calibrated(stored, further)).toEqual(scores);
    const [unseen, unknown] = [3, 99].map((domain) =>
      calibrated(fitted, { scores: further.scores, domains: new Int32Array(further.scores.length).fill(domain) }),
    );
    expect(unseen).toEqual(unknown);
  });

  it('of a few rows is near that of all rows', () => {
    const rows = rowsOf(3, 4000);
    // Three rows of the unseen domain, all of them clicks at low scores.
    const scores = Float32Array.of(...rows.scores, 0.1, 0.1, 0.1);
    const labels = Float32Array.of(...rows.labels, 1, 1, 1);
    const domains = Int32Array.of(...rows.domains, 3, 3, 3);
    const found = fitCalibration({ scores, labels, domains }, DOMAINS, options)!;
    const at = (domain: number): number =>
      calibrated(found, { scores: Float32Array.of(0.1), domains: Int32Array.of(domain) })[0]!;
    expect(Math.abs(at(3) - at(99))).toBeLessThan(0.03);
  });

  it('has nothing to fit to rows of one class, or none', () => {
    const rows = rowsOf(4, 100);
    expect(fitCalibration({ ...rows, labels: rows.labels.map(() => 1) }, DOMAINS, options)).toBeUndefined();
    const none = { scores: new Float32Array(), labels: new Float32Array(), domains: new Int32Array() };
    expect(fitCalibration(none, DOMAINS, options)).toBeUndefined();
  });
});

it('scale and shift are where the penalised log loss is flat', () => {
  const rows = rowsOf(5, 800);
  const strength = 50;
  const found = fitCalibration(rows, DOMAINS, { kind: 'scale', strength, measured: false })!;
  if (found.kind !== 'scale') throw new Error('another kind');
  const logits = Array.from(rows.scores, (p) => Math.log(p / (1 - p)));
  const centre = logits.reduce((a, b) => a + b, 0) / logits.length;
  const v = logits.reduce((sum, z) => sum + (z - centre) ** 2, 0) / logits.length;
  const w = rows.scores.reduce((sum, p) => sum + p * (1 - p), 0) / logits.length;
  const loss = (scale: number, shift: number): number =>
    logits.reduce((sum, z, i) => {
      if (rows.domains[i] !== 1) return sum;
      const t = scale * (z - centre) + shift;
      return sum + Math.log1p(Math.exp(t)) - t * rows.labels[i]!;
    }, 0) +
    ((strength * w) / 2) * ((shift - found.overall.shift) ** 2 + v * (scale - found.overall.scale) ** 2);
  const { scale, shift } = found.domains[1]!;
  for (const [a, b] of [
    [1e-3, 0],
    [-1e-3, 0],
    [0, 1e-3],
    [0, -1e-3],
  ] as const) {
    // prettier-ignore
    expect(loss(scale + a, shift + b)).toBeGreaterThan(loss(scale, shift));
  }
});
