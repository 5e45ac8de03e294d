import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * Seeded random numbers with a name: what one part of the process draws depends on the seed and its own name alone, so
 * changing one part leaves all others as they are. Integer arithmetic, additions and divisions by powers of two only: the
 * same on every machine.
 */
export class Stream {
  private readonly generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number, name: string) {
    this.generator = xoroshiro128plus(hash(`${seed}/${name}`));
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  uniform(): number {
    return (this.generator.next() >>> 0) / 0x1_0000_0000;
  }

  /** Mean 0, variance 1, nearly normal: the sum of twelve uniform numbers, less 6. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }

  normals(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.normal());
  }

  /** A whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.uniform() * below);
  }
}

/** FNV-1a over UTF-16 code units, mixed at the end. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
