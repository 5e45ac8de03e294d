/**
 * A mistake or a fault that this room can name. `code` is stable; the message is complete (what, expected, found, what
 * to do). `@mdctr/core` may not be imported from here, so its `MdctrError` is a different class with the same shape.
 */
export class TensorError extends Error {
  override readonly name = 'TensorError';

  constructor(
    readonly code: string,
    readonly details: TensorErrorDetails,
  ) {
    super(format(code, details), details.cause === undefined ? undefined : { cause: details.cause });
  }
}

export interface TensorErrorDetails {
  readonly what: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

function format(code: string, { what, expected, found, hint }: TensorErrorDetails): string {
  const lines = [`${code}: ${what}`];
  if (expected) lines.push(`  expected  ${expected}`);
  if (found) lines.push(`  found     ${found}`);
  if (hint) lines.push(`  try       ${hint}`);
  return lines.join('\n');
}
