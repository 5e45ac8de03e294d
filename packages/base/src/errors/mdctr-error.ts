/** Where in a user's file something is wrong; `line` and `column` count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a user needs to mend a mistake. Every sentence is optional but `what`. */
export interface ErrorDetails {
  /** One sentence: what is wrong. */
  readonly what: string;
  /** File, line and column, where there is one. */
  readonly at?: SourceLocation;
  /** Path inside a document, e.g. `plugins[0].epsilon`. */
  readonly path?: string;
  readonly expected?: string;
  readonly found?: string;
  /** Where the user's own code threw: frames of its stack, innermost first. */
  readonly thrown?: readonly string[];
  /** What to do about it: a command, a nearest valid name. */
  readonly hint?: string;
  readonly cause?: unknown;
}

// Symbol.for: a process may hold a second copy of this package, and its errors are told from others all the same.
const BRAND = Symbol.for('mdctr.error');

/**
 * A mistake that the user can mend. `code` is stable (documented in docs/errors.md) and the message is complete:
 * the command line prints it without a stack trace and exits with 1.
 */
export class MdctrError extends Error {
  override readonly name = 'MdctrError';
  /** @internal */
  readonly [BRAND] = 'one';

  constructor(
    readonly code: string,
    readonly details: ErrorDetails,
  ) {
    super(formatError(code, details), details.cause === undefined ? undefined : { cause: details.cause });
  }
}

/** Several mistakes found in one pass, e.g. all errors of a config file. */
export class MdctrErrors extends Error {
  override readonly name = 'MdctrErrors';
  /** @internal */
  readonly [BRAND] = 'several';

  constructor(readonly errors: readonly MdctrError[]) {
    super(onOneScreen(errors.map((error) => error.message)));
  }
}

/** Whether a thrown value is an `MdctrError` or `MdctrErrors`, of whichever copy of this package. */
export function isMdctrError(thrown: unknown): thrown is MdctrError | MdctrErrors {
  return thrown instanceof Error && BRAND in thrown;
}

/** A screen holds so many lines. */
const SCREEN = 24;

/** As many messages as a screen holds, at least one, and how many are left. */
function onOneScreen(messages: readonly string[]): string {
  let [shown, lines] = [0, -1];
  for (const message of messages) {
    lines += message.split('\n').length + 1;
    if (shown > 0 && lines > SCREEN - 2) break;
    shown++;
  }
  const left = messages.length - shown;
  const rest = left > 0 ? [`... and ${left} more mistake${left > 1 ? 's' : ''}: mend these first.`] : [];
  return [...messages.slice(0, shown), ...rest].join('\n\n');
}

/** `file:line:column`, as terminals and editors make it clickable. */
export function formatLocation({ file, line, column }: SourceLocation): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** Begins a further line of a detail. */
export const DETAIL_INDENT = `\n${' '.repeat(12)}`;

function formatError(code: string, { what, at, path, expected, found, thrown, hint }: ErrorDetails): string {
  const lines = [`${code}: ${what}`];
  if (at) lines.push(`  at        ${formatLocation(at)}`);
  if (path) lines.push(`  path      ${path}`);
  if (expected) lines.push(`  expected  ${expected}`);
  if (found) lines.push(`  found     ${found}`);
  if (thrown) lines.push(`  thrown    ${thrown.join(DETAIL_INDENT)}`);
  if (hint) lines.push(`  try       ${hint}`);
  return lines.join('\n');
}
