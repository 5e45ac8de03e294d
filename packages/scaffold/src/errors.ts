/**
 * A mistake that the user can mend; the message is complete. This room stands alone, so that `npm create mdctr-plugin`
 * fetches neither core nor TensorFlow: core's `MdctrError` is a different class with the same shape.
 */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError';

  constructor(
    readonly code: string,
    readonly details: ScaffoldErrorDetails,
  ) {
    super(format(code, details));
  }
}

export interface ScaffoldErrorDetails {
  readonly what: string;
  /** File or folder. */
  readonly at?: string;
  readonly expected?: string;
  readonly found?: string;
  /** What to do about it. */
  readonly hint?: string;
}

function format(code: string, { what, at, expected, found, hint }: ScaffoldErrorDetails): string {
  const lines = [`${code}: ${what}`];
  if (at) lines.push(`  at        ${at}`);
  if (expected) lines.push(`  expected  ${expected}`);
  if (found) lines.push(`  found     ${found}`);
  if (hint) lines.push(`  try       ${hint}`);
  return lines.join('\n');
}
