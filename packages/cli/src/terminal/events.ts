import { isMdctrError, MdctrErrors } from '@mdctr/base';

/** Version of the events' shapes, given in `start`; docs/training.md describes them. */
const VERSION = 2;

/** Least milliseconds between two events `progress`. */
const PROGRESS_MS = 1000;

/**
 * JSON lines on stdout for programs (`--json`): one object a line, each with `event` and `seconds` since the command
 * began. The last line is `result`, or `error`.
 */
export class Events {
  private readonly began = performance.now();
  private progressAt = -Infinity;

  constructor(
    private readonly enabled: boolean,
    private readonly write: (line: string) => void = (line) => void process.stdout.write(line),
  ) {}

  start(command: string, facts: object, warnings: readonly string[] = []): void {
    this.emit('start', { version: VERSION, command, ...facts });
    for (const message of warnings) this.emit('warning', { message });
  }

  /** At most one a second. */
  progress(facts: object): void {
    if (performance.now() - this.progressAt < PROGRESS_MS) return;
    this.progressAt = performance.now();
    this.emit('progress', facts);
  }

  emit(event: string, facts: object): void {
    if (!this.enabled) return;
    const seconds = Math.round(performance.now() - this.began) / 1000;
    this.write(`${JSON.stringify({ event, seconds, ...facts })}\n`);
  }

  /** Runs a command; a failure is an event too, before it goes on to stderr and the exit code. */
  async guard(body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      this.emit('error', { code: codeOf(error), message: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }
}

/** Of several mistakes the first one's. */
function codeOf(error: unknown): string | null {
  if (error instanceof MdctrErrors) return codeOf(error.errors[0]);
  return isMdctrError(error) && 'code' in error ? error.code : null;
}
