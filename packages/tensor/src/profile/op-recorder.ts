import type { Recorder, Scope } from './scopes.js';

/** @internal Calls of one op, and the time that they took. */
export interface OpTime {
  calls: number;
  ms: number;
}

/** @internal */
export type PassDirection = 'forward' | 'backward';

/** @internal What was done in one scope, in one direction. */
export interface ScopeTime {
  readonly scope: Scope;
  readonly direction: PassDirection;
  /** Wall time, that of its ops and of the JavaScript around them. */
  wallMs: number;
  /** Floating-point operations that the ops of a forward pass report. */
  flops: number;
  /** By TensorFlow's name of the op. */
  readonly ops: Map<string, OpTime>;
}

/** The scope outside of all others. */
export const OUTSIDE: Scope = { site: 'step' };

/**
 * A clock that belongs to one scope at a time: every moment from `start` to `stop` is counted to exactly one, so the wall
 * times of all scopes add up to that between the two.
 */
export class OpRecorder implements Recorder {
  private readonly times = new Map<string, ScopeTime>();
  private readonly outside = this.timeOf(OUTSIDE, 'forward');
  private current = this.outside;
  private since = 0;
  private began = 0;
  private inOp = false;

  start(): void {
    this.began = this.since = performance.now();
  }

  /** Milliseconds since `start`. */
  stop(): number {
    this.switchTo(this.outside);
    return this.since - this.began;
  }

  get scopes(): readonly ScopeTime[] {
    return [...this.times.values()];
  }

  enter(scope: Scope): () => void {
    const back = this.mark();
    this.switchTo(this.timeOf(scope, 'forward'));
    return back;
  }

  mark(): () => void {
    const { current } = this;
    return () => this.switchTo(current);
  }

  /** What switches to the backward side of the present scope. */
  backward(): () => void {
    const time = this.timeOf(this.current.scope, 'backward');
    return () => this.switchTo(time);
  }

  /** Runs an op and takes its time, for the present scope or the one given; what it calls itself is part of it. */
  op<T>(name: string, run: () => T, scope?: Scope): T {
    if (this.inOp) return run();
    const leave = scope && this.enter(scope);
    this.inOp = true;
    const began = performance.now();
    try {
      return run();
    } finally {
      const ms = performance.now() - began;
      this.inOp = false;
      const { ops } = this.current;
      const time = ops.get(name);
      if (time) {
        time.calls++;
        time.ms += ms;
      } else ops.set(name, { calls: 1, ms });
      leave?.();
    }
  }

  flops(flops: number): void {
    if (this.current.direction === 'forward') this.current.flops += flops;
  }

  private switchTo(next: ScopeTime): void {
    const now = performance.now();
    this.current.wallMs += now - this.since;
    this.since = now;
    this.current = next;
  }

  private timeOf(scope: Scope, direction: PassDirection): ScopeTime {
    const key = `${direction} ${scope.site} > ${scope.plugin ?? ''}`;
    let time = this.times.get(key);
    if (!time) this.times.set(key, (time = { scope, direction, wallMs: 0, flops: 0, ops: new Map() }));
    return time;
  }
}
