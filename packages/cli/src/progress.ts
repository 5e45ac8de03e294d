/** Progress on stderr: one line that is redrawn on a terminal, and a line a finished item everywhere. */
export class Progress {
  private drawnAt = 0;

  constructor(private readonly enabled: boolean) {}

  /** A passing state; drawn on terminals only, at most ten times a second. */
  show(message: string): void {
    if (!this.enabled || !process.stderr.isTTY || Date.now() - this.drawnAt < 100) return;
    process.stderr.write(`\r\x1b[2K${message}`);
    this.drawnAt = Date.now();
  }

  /** A line that stays. */
  done(message: string): void {
    if (!this.enabled) return;
    process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}${message}\n`);
    this.drawnAt = 0;
  }
}

/** 95.3 as `1m 35s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  return `${Math.floor(seconds / 60)}m ${Math.round(seconds % 60)}s`;
}
