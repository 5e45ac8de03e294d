/** How TensorFlow runs, best first. */
export const TIERS = ['prebuilt', 'compiled', 'wasm'] as const;
/**
 * - `prebuilt`: tfjs-node's own download (libtensorflow and a ready addon).
 * - `compiled`: tfjs-node's addon compiled here against libtensorflow from the PyPI wheel.
 * - `wasm`: tfjs's WebAssembly backend, no native code; about 45 times slower in training.
 */
export type Tier = (typeof TIERS)[number];

/** Versions that belong together; a change of any of them makes a new folder in the cache. */
export const VERSIONS = {
  tfjs: '4.22.0',
  /** libtensorflow of tier `prebuilt` (fixed by tfjs-node 4.22.0). */
  prebuiltTensorflow: '2.9.1',
  /** The PyPI wheel of tier `compiled`: the last release with this layout of headers that links against plain g++. */
  wheelTensorflow: '2.15.1',
} as const;

/** Why a tier could not be set up; kept in the cache so that the next start does not try again at once. */
export interface TierFailure {
  readonly tier: Tier;
  readonly reason: string;
  /** ISO time of the attempt. */
  readonly at: string;
  /** What the attempt found on the machine, e.g. `python3 g++`; a change is worth a new try. */
  readonly tools: string;
}

/** A tier cannot be set up on this machine; the next one is tried. */
export class TierUnavailable extends Error {
  override readonly name = 'TierUnavailable';
}
