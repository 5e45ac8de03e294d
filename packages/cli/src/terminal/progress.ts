const BAR_WIDTH = 24;

/** Least milliseconds between two drawings on a terminal, and between two lines elsewhere. */
const TERMINAL_MS = 100;
const LINES_MS = 30_000;

/** What progress is written to. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write'> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/**
 * Progress on stderr: on a terminal one line that is redrawn; elsewhere a plain line a finished item, and now and then one
 * for what is going on.
 */
export class Progress {
  private drawnAt = -Infinity;
  private first: { readonly at: number; readonly share: number } | undefined;

  constructor(
    private readonly enabled: boolean,
    private readonly stream: ProgressStream = process.stderr,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What live tables are drawn on; undefined where progress is plain lines or nothing. */
  get terminal(): ProgressStream | undefined {
    return this.enabled && this.stream.isTTY ? this.stream : undefined;
  }

  /** A passing state; drawn on terminals only. */
  show(message: string): void {
    if (!this.enabled || !this.stream.isTTY || this.now() - this.drawnAt < TERMINAL_MS) return;
    this.stream.write(`\r\x1b[2K${message.slice(0, (this.stream.columns ?? 80) - 1)}`);
    this.drawnAt = this.now();
  }

  /** Work of which `share`, from 0 to 1, is done: a bar and the time left, or a plain line every half minute. */
  bar(share: number, message: string): void {
    const left = this.secondsLeft(share);
    const time = left === undefined ? '' : `${duration(left)} left`;
    if (this.stream.isTTY) {
      this.show(`${barOf(share)} ${time}  ${message}`);
      return;
    }
    if (this.now() - Math.max(this.drawnAt, this.first!.at) < LINES_MS) return;
    this.done(`${Math.floor(share * 100)}%${time && `, ${time}`}: ${message}`);
    this.drawnAt = this.now();
  }

  /** By the pace since the first share was given; undefined until there is something to judge by. */
  secondsLeft(share: number): number | undefined {
    this.first ??= { at: this.now(), share };
    const seconds = (this.now() - this.first.at) / 1000;
    const done = share - this.first.share;
    return seconds < 2 || done < 0.001 ? undefined : (seconds / done) * (1 - share);
  }

  /** Takes the passing line away. */
  clear(): void {
    if (this.enabled && this.stream.isTTY) this.stream.write('\r\x1b[2K');
  }

  /** A line that stays. */
  done(message: string): void {
    if (!this.enabled) return;
    this.stream.write(`${this.stream.isTTY ? '\r\x1b[2K' : ''}${message}\n`);
    this.drawnAt = -Infinity;
  }
}

/** `[######------]  50%` */
export function barOf(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)}%`;
}

/** 95.3 as `1m 35s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  const rounded = Math.round(seconds);
  if (rounded < 3600) return `${Math.floor(rounded / 60)}m ${rounded % 60}s`;
  return `${Math.floor(rounded / 3600)}h ${Math.floor((rounded % 3600) / 60)}m`;
}
