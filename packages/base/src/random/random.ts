import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Where a stream stands; survives JSON. */
export interface RandomState {
  readonly generator: readonly number[];
  /** The second of a pair of normal numbers, where one is left. */
  readonly spare: number | null;
}

/**
 * Seeded random numbers, the same on every backend and machine. A stream is named: `fork('dnn/deep/0/kernel')` depends
 * on the seed and that name alone, so adding a plugin never changes the numbers that another part draws.
 */
export class Random {
  private generator: RandomGenerator;
  private spare: number | undefined;

  /** `bits`: 32 bits that the generator starts from; by default those that seed and name are hashed to. */
  constructor(
    readonly seed: number,
    private readonly name = '',
    bits = hash(`${seed}/${name}`),
  ) {
    this.generator = xoroshiro128plus(bits);
  }

  /** A stream that starts from 32 bits as they are. */
  static fromBits(bits: number): Random {
    return new Random(bits, '', bits);
  }

  /** An independent stream with a name below this one's. */
  fork(name: string): Random {
    return new Random(this.seed, this.name === '' ? name : `${this.name}/${name}`);
  }

  /** Where this stream stands; forks have positions of their own. */
  state(): RandomState {
    return { generator: this.generator.getState(), spare: this.spare ?? null };
  }

  /** Goes on from where a stream stood. */
  restore({ generator, spare }: RandomState): void {
    this.generator = xoroshiro128plusFromState(generator);
    this.spare = spare ?? undefined;
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    return this.generator.next() >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.bits() / 0x1_0000_0000;
  }

  /** A whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  /** Standard normal (Box-Muller; draws two numbers for every two results). */
  normal(): number {
    if (this.spare !== undefined) {
      const value = this.spare;
      this.spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Mean 0, variance 1, nearly normal: the sum of twelve uniform numbers, less 6. Additions and divisions by powers of two only, so that
   * it is the same on every machine to the last digit, which a logarithm is not; it ends at 6 standard deviations.
   */
  irwinHall(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }

  /** [count] of them. */
  irwinHalls(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.irwinHall());
  }
}

/** FNV-1a over UTF-16 code units, finished with a mixing step so that near names give far seeds. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
