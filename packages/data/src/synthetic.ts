import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Columns of the synthetic data, label last. `position` is the domain. */
export const SYNTHETIC_COLUMNS = [
  ...['position', 'user', 'item', 'category', 'brand', 'price', 'age', 'gender', 'city', 'device', 'hour', 'weekday'],
  'click',
];

/** Number of values of each field but the domain, in the columns' order. */
const SIZES = [2000, 1200, 40, 200, 12, 8, 3, 60, 5, 24, 7];

export interface SyntheticData {
  /** [rows][13] cells as text. */
  readonly rows: readonly (readonly string[])[];
  /** [rows] the true probability that each click was drawn with. */
  readonly probability: Float32Array;
}

/**
 * Impressions from a known process, so that the best possible AUC is known too. The logit is
 * - a bias of the domain,
 * - an effect of every field's value, which all domains share up to a factor a field and domain,
 * - products of latent factors of five pairs of fields (user and item among them), shared by all domains,
 * - for a third of the fields, a further effect of (domain, value) that domains do not share.
 * Domains have power-law sizes, values power-law frequencies that differ a little by domain. The process is a plain
 * statistical one: it contains no gating, no kernels by domain, nothing shaped after one of the compared methods.
 */
export function generateSynthetic(options: { rows: number; domains: number; seed: number }): SyntheticData {
  const random = new Draw(options.seed);
  const domains = Array.from({ length: options.domains }, () => makeDomain(random));
  const domainSampler = powerLaw(options.domains, 0.8);
  const values = SIZES.map((size) => powerLaw(size, 1.05));
  const effects = SIZES.map((size) => random.normals(size, 0.27));
  const pairs = PAIRS.map(([a, b]) => ({ a, b, left: latent(random, SIZES[a]!), right: latent(random, SIZES[b]!) }));

  const probability = new Float32Array(options.rows);
  const rows = Array.from({ length: options.rows }, (_, row) => {
    const d = domainSampler(random.uniform());
    const domain = domains[d]!;
    const ids = values.map((sample, f) => (sample(random.uniform()) + domain.shift[f]!) % SIZES[f]!);
    let logit = domain.bias;
    ids.forEach((id, f) => {
      logit += domain.scale[f]! * effects[f]![id]! + (domain.own[f]?.[id] ?? 0);
    });
    for (const { a, b, left, right } of pairs) logit += dot(left[ids[a]!]!, right[ids[b]!]!);
    const p = 1 / (1 + Math.exp(-logit));
    probability[row] = p;
    const cells = ids.map((id, f) => `${SYNTHETIC_COLUMNS[f + 1]!}_${id}`);
    return [`position_${d}`, ...cells, random.uniform() < p ? '1' : '0'];
  });
  return { rows, probability };
}

/** Pairs of fields (indexes into SIZES) that interact: user-item, user-category, item-hour, age-category, city-device. */
const PAIRS: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, 2],
  [1, 9],
  [5, 2],
  [7, 8],
];
const LATENT = 3;

interface Domain {
  readonly bias: number;
  readonly scale: readonly number[];
  readonly shift: readonly number[];
  /** Effects that this domain shares with no other, for every third field. */
  readonly own: readonly (readonly number[] | undefined)[];
}

function makeDomain(random: Draw): Domain {
  return {
    bias: -1.5 + 0.5 * random.normal(),
    scale: SIZES.map(() => Math.max(0, 1 + 0.4 * random.normal())),
    shift: SIZES.map((size) => (random.uniform() < 0.3 ? Math.floor(random.uniform() * Math.min(size, 4)) : 0)),
    own: SIZES.map((size, f) => (f % 3 === 0 ? random.normals(size, 0.3) : undefined)),
  };
}

/** Draws i in [0, size) with probability proportional to (i + 1)^-exponent, from a uniform number. */
function powerLaw(size: number, exponent: number): (u: number) => number {
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let i = 0; i < size; i++) cumulative[i] = sum += (i + 1) ** -exponent;
  return (u) => {
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! > u * sum) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

const latent = (random: Draw, size: number): number[][] =>
  Array.from({ length: size }, () => random.normals(LATENT, 0.45));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

class Draw {
  private readonly generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  uniform(): number {
    return (this.generator.next() >>> 0) / 0x1_0000_0000;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  normals(count: number, std: number): number[] {
    return Array.from({ length: count }, () => std * this.normal());
  }
}
