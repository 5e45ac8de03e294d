/** A place that work is done at: a site of the network or a part of the step, and the plugin whose work it is there. */
export interface Scope {
  /** e.g. `deep/0`, `look-up`. */
  readonly site: string;
  readonly plugin?: string;
}

/** What a profile in progress is told. */
export interface Recorder {
  /** Counts what follows to a scope; gives what undoes it. */
  enter(scope: Scope): () => void;
  /** Gives what goes back to the scope that counts now, whatever was entered since. */
  mark(): () => void;
  flops(flops: number): void;
}

let recorder: Recorder | undefined;

/** The profile that is being taken; undefined in all normal work. */
export const activeRecorder = (): Recorder | undefined => recorder;

export function setRecorder(next: Recorder | undefined): void {
  recorder = next;
}

/**
 * The same function, whose work is counted to `scope` while a profile is taken; scopes inside it count for themselves.
 * Without a profile it costs one comparison.
 * @internal
 */
export function attribute<A extends unknown[], T>(scope: Scope, run: (...args: A) => T): (...args: A) => T {
  return (...args) => {
    if (!recorder) return run(...args);
    const leave = recorder.enter(scope);
    try {
      return run(...args);
    } finally {
      leave();
    }
  };
}
