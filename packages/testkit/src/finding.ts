/** What a check found wrong. */
export interface Finding {
  /** The numbers, and where they were seen. */
  readonly found: string;
  /** What should have been. */
  readonly expected?: string;
  /** Where to look for the cause. */
  readonly look: string;
}

/** Thrown by a check that finds its promise broken. */
export class Broken extends Error {
  override readonly name = 'Broken';

  constructor(readonly finding: Finding) {
    super(finding.found);
  }
}

/** Thrown by a check that has nothing to look at, e.g. the penalty of a plugin without one. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** Throws what a check found. */
export function broken(finding: Finding): never {
  throw new Broken(finding);
}
