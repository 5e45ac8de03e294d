/** Exit codes of a command that was told to end, as shells have them: 128 and the number of the signal. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type EndSignal = keyof typeof CODES;

/** What an interrupted command can be gone on with. */
const NEXT: Readonly<Record<string, string>> = {
  train: ' The same command with --resume goes on from the last checkpoint, if there is one (DIR.partial).',
  bench: ' The same command goes on: trials that are finished are not run again.',
  data: ' A download goes on from where it is when the command is run again.',
};

/** A command ended early, by the book, because it was told to. The message is complete. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(
    readonly signal: EndSignal,
    message: string,
  ) {
    super(message);
  }

  get exitCode(): number {
    return CODES[this.signal];
  }
}

let handler: ((signal: EndSignal) => void) | undefined;

/** Ends the process on Ctrl-C with a word on what is left. */
export function explainInterrupt(command: string | undefined): void {
  process.on('SIGINT', () => {
    if (handler) return;
    process.stderr.write(`\nInterrupted.${NEXT[command ?? ''] ?? ''}\n`);
    process.exit(CODES.SIGINT);
  });
}

/**
 * Until what is returned is called, Ctrl-C and SIGTERM do not end the process: `end` is told the first of them, and should
 * bring the command to an end; the second ends it at once.
 */
export function onInterrupt(end: (signal: EndSignal) => void): () => void {
  let told = false;
  handler = (signal) => {
    if (told) process.exit(CODES[signal]);
    told = true;
    end(signal);
  };
  const release = (Object.keys(CODES) as EndSignal[]).map((signal) => {
    const listener = (): void => handler?.(signal);
    process.on(signal, listener);
    return () => void process.off(signal, listener);
  });
  return () => {
    handler = undefined;
    release.forEach((off) => off());
  };
}
