const BAR_WIDTH = 24;

/** Progress on stderr: one line that is redrawn on a terminal, and a line a finished item everywhere. */
export class Progress {
  private drawnAt = 0;
  private readonly began = performance.now();

  constructor(private readonly enabled: boolean) {}

  /** A passing state; drawn on terminals only, at most ten times a second. */
  show(message: string): void {
    if (!this.enabled || !process.stderr.isTTY || Date.now() - this.drawnAt < 100) return;
    const width = process.stderr.columns ?? 80;
    process.stderr.write(`\r\x1b[2K${message.slice(0, width - 1)}`);
    this.drawnAt = Date.now();
  }

  /** The same with a bar and the time left; `share` of the work, from 0 to 1, is done. */
  bar(share: number, message: string): void {
    this.show(`${barOf(share)} ${timeLeft((performance.now() - this.began) / 1000, share)}  ${message}`);
  }

  /** A line that stays. */
  done(message: string): void {
    if (!this.enabled) return;
    process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}${message}\n`);
    this.drawnAt = 0;
  }
}

/** `[######------]  50%` */
function barOf(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)}%`;
}

/** `1m 35s left`, once there is something to judge by. */
function timeLeft(elapsed: number, share: number): string {
  return share < 0.01 || elapsed < 2 ? '' : `${duration((elapsed / share) * (1 - share))} left`;
}

/** 95.3 as `1m 35s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)}m ${rounded % 60}s`;
}
