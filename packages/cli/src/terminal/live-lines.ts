import type { ProgressStream } from './progress.js';

/** Least milliseconds between two drawings. */
const DRAW_MS = 100;

/** Lines at the end of a terminal that are drawn again and again. */
export class LiveLines {
  private drawn = 0;
  private drawnAt = -Infinity;

  constructor(
    private readonly stream: ProgressStream & { readonly rows?: number },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Lines that fit, the last one free. */
  get height(): number {
    return Math.max(3, (this.stream.rows ?? 24) - 1);
  }

  /** Draws the lines in place of those before, ten times a second at most. */
  draw(lines: () => readonly string[]): void {
    if (this.now() - this.drawnAt < DRAW_MS) return;
    const width = (this.stream.columns ?? 80) - 1;
    const cut = lines()
      .slice(0, this.height)
      .map((line) => line.slice(0, width));
    this.stream.write(`${this.erased()}${cut.join('\n')}\n`);
    this.drawn = cut.length;
    this.drawnAt = this.now();
  }

  /** A line that stays, above the others. */
  above(message: string): void {
    this.stream.write(`${this.erased()}${message}\n`);
    this.drawn = 0;
    this.drawnAt = -Infinity;
  }

  clear(): void {
    this.stream.write(this.erased());
    this.drawn = 0;
  }

  /** Back to the first line, and everything below it away. */
  private erased(): string {
    return this.drawn > 0 ? `\x1b[${this.drawn}A\r\x1b[J` : '';
  }
}
