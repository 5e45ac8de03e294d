/** How set-up tells a person what it does. */
export interface Report {
  /** A passing state, e.g. `downloading 80 of 207 MB`; may be called often. */
  progress(message: string): void;
  /** Something to read once. */
  note(message: string): void;
}

/** Writes to stderr: one line that is redrawn on a terminal, a line a stage elsewhere. */
export function consoleReport(): Report {
  const terminal = process.stderr.isTTY;
  let drawn = false;
  let last = '';
  return {
    progress(message) {
      if (terminal) {
        process.stderr.write(`\r\x1b[2K${message}`);
        drawn = true;
        return;
      }
      const stage = message.replace(/[\d.]+ (of [\d.]+ )?MB$/, '').trim();
      if (stage !== last) process.stderr.write(`${stage}\n`);
      last = stage;
    },
    note(message) {
      process.stderr.write(`${drawn ? '\r\x1b[2K' : ''}${message}\n`);
      drawn = false;
    },
  };
}

/** Says nothing. */
export const silentReport: Report = { progress: () => undefined, note: () => undefined };

/** `80 of 207 MB`. */
export function megabytes(received: number, total: number | undefined): string {
  const mb = (bytes: number): string => (bytes / 1e6).toFixed(0);
  return total === undefined ? `${mb(received)} MB` : `${mb(received)} of ${mb(total)} MB`;
}
