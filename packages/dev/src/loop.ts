/** What a run consists of. */
export type RunKind = 'all' | 'study';

/** What a run came to; undefined for one that was ended before its time. */
export type RunOutcome = 'passed' | 'failed' | undefined;

export interface LoopOptions {
  /** Runs once; ends early, and leaves nothing running, when the signal says so. */
  readonly run: (kind: RunKind, signal: AbortSignal) => Promise<RunOutcome>;
  /** Told when nothing is left to do until the next save. */
  readonly onIdle?: (outcome: RunOutcome) => void;
  /** Milliseconds without a further save before a run begins: editors write in several steps. */
  readonly quietMs?: number;
}

/** Runs again after each save: a run in progress is ended first, and saves that come close together make one run. */
export class Loop {
  private timer: NodeJS.Timeout | undefined;
  private running: AbortController | undefined;
  /** Settles when no run is in progress. */
  private idle: Promise<void> = Promise.resolve();
  private ended = false;

  constructor(private readonly options: LoopOptions) {}

  /** A file was saved. */
  saved(): void {
    if (this.ended) return;
    this.running?.abort();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start('all'), this.options.quietMs ?? 120);
  }

  /** Runs now, in place of what runs. */
  start(kind: RunKind): void {
    if (this.ended) return;
    clearTimeout(this.timer);
    this.running?.abort();
    const controller = (this.running = new AbortController());
    this.idle = this.idle.then(() => this.turn(kind, controller));
  }

  /** Ends what runs; settles when it is gone. */
  async end(): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    this.running?.abort();
    await this.idle;
  }

  private async turn(kind: RunKind, controller: AbortController): Promise<void> {
    if (controller.signal.aborted) return; // another save came before this run had its turn
    const outcome = await this.options.run(kind, controller.signal);
    if (this.running === controller) this.running = undefined;
    if (!controller.signal.aborted && !this.ended) this.options.onIdle?.(outcome);
  }
}
