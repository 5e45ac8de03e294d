const EMPTY = -1;

/**
 * Numbers the distinct ids of a batch from 0, in the order they come. A hash table as large as the batch, not the
 * vocabulary: it stays in the processor's cache, where arrays by id would miss it with almost every id.
 */
export class DistinctIds {
  /** Pairs of an id and its number; open addressing with linear probing, at most half full. */
  private slots = new Int32Array(0);
  private shift = 0;
  /** Ids by number; as long as there are slots. */
  private found = new Int32Array(0);
  private count = 0;

  constructor(bits = 10) {
    this.resize(bits);
  }

  /** Begins with a new batch. */
  begin(): void {
    this.slots.fill(EMPTY);
    this.count = 0;
  }

  /** The number of an id, which is not negative. */
  place(id: number): number {
    const { slots } = this;
    const mask = this.found.length - 1;
    // Fibonacci hashing: near ids lie far apart, and the upper bits of the product depend on all of the id's.
    for (let slot = Math.imul(id, 0x9e3779b1) >>> this.shift; ; slot = (slot + 1) & mask) {
      const held = slots[2 * slot]!;
      if (held === id) return slots[2 * slot + 1]!;
      if (held !== EMPTY) continue;
      slots[2 * slot] = id;
      slots[2 * slot + 1] = this.count;
      this.found[this.count++] = id;
      if (2 * this.count > mask) this.grow();
      return this.count - 1;
    }
  }

  /** How many there are so far. */
  get size(): number {
    return this.count;
  }

  /** A copy of the ids, by number. */
  ids(): Int32Array {
    return this.found.slice(0, this.count);
  }

  private resize(bits: number): void {
    this.slots = new Int32Array(2 << bits).fill(EMPTY);
    this.found = new Int32Array(1 << bits);
    this.shift = 32 - bits;
  }

  private grow(): void {
    const ids = this.ids();
    this.resize(33 - this.shift);
    this.count = 0;
    for (const id of ids) this.place(id);
  }
}
