/** Exit code of a command that Ctrl-C ended, as shells have it: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** What an interrupted command can be gone on with. */
const NEXT: Readonly<Record<string, string>> = {
  train: ' The same command with --resume goes on from the last checkpoint, if there is one (DIR.partial).',
  bench: ' The trials that were reported are in the folder of the results.',
  data: ' A download goes on from where it is when the command is run again.',
};

/** Ends the process on Ctrl-C with a word on what is left. */
export function explainInterrupt(command: string | undefined): void {
  process.on('SIGINT', () => {
    process.stderr.write(`\nInterrupted.${NEXT[command ?? ''] ?? ''}\n`);
    process.exit(INTERRUPTED);
  });
}
