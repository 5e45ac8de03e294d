/** What a key asks for. */
export interface KeyActions {
  readonly again: () => void;
  readonly study: () => void;
  readonly quit: () => void;
}

export const KEYS = 'Enter runs again, s the study alone, q ends.';

/** Listens to keys on a terminal; elsewhere does nothing. What is returned gives the terminal back. */
export function listenToKeys({ again, study, quit }: KeyActions, input: NodeJS.ReadStream = process.stdin): () => void {
  if (!input.isTTY) return () => undefined;
  const onKey = (key: Buffer): void => {
    const text = key.toString();
    if (text === '\r' || text === '\n') again();
    else if (text === 's') study();
    else if (text === 'q') quit();
    else if (text === '\x03') process.kill(process.pid, 'SIGINT'); // a terminal that gives single keys gives this one too
  };
  input.setRawMode(true);
  input.on('data', onKey);
  input.resume();
  return () => {
    input.off('data', onKey);
    input.setRawMode(false);
    input.pause();
  };
}
