/** Lines that stay, and one below them that changes; without a terminal the latter is left out. */
export class Screen {
  private shown = false;

  constructor(private readonly out: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> = process.stdout) {}

  line(text: string): void {
    this.clear();
    this.out.write(`${text}\n`);
  }

  /** What was asked for cannot be done. */
  error(text: string): void {
    this.clear();
    process.stderr.write(`${text}\n`);
  }

  /** In place of the last; nothing for ''. */
  status(text: string): void {
    this.clear();
    if (!this.out.isTTY || text === '') return;
    this.out.write(text.slice(0, (this.out.columns || 80) - 1));
    this.shown = true;
  }

  private clear(): void {
    if (this.shown) this.out.write('\r\x1b[K');
    this.shown = false;
  }
}
