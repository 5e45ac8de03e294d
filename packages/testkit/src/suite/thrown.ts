import { MdctrError, userFrames, thrownText, firstOf } from '@mdctr/base';

/** The frames of an error that are the author's own, innermost first: `FILE:LINE:COLUMN, in FUNCTION`. */
export function authorsFrames(error: unknown): string[] {
  return userFrames(error).filter((frame) => !/[\\/]node_modules[\\/]/.test(frame)); // e.g. the test runner's
}

/** What was thrown first, in a line; where in a model it was met is left out. */
export function saidBy(error: unknown): string {
  const first = error instanceof MdctrError && error.cause !== undefined ? error.cause : error;
  return firstOf((first instanceof MdctrError ? first.details.what : thrownText(first)).split('\n'));
}

/** What was thrown, with what core says of it. */
export function shownBy(error: unknown): string {
  if (!(error instanceof MdctrError)) return thrownText(error);
  const { code } = error;
  const { what, expected, found } = error.details;
  const more = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ];
  return [`${code}: ${what}`, ...(more.length > 0 ? [`(${more.join(', ')})`] : [])].join(' ');
}

/** An error for a test runner: a message, and of its stack what is the author's. */
export function forRunner(message: string, stack: string | undefined): Error {
  const error = new Error(message);
  const frames = stack === undefined ? [] : authorsFrames({ stack });
  if (frames.length === 0)
    delete error.stack; // the place in the testkit says nothing
  else error.stack = [`Error: ${message}`, ...frames.map(asFrame)].join('\n');
  return error;
}

/** As in a stack: `    at FUNCTION (FILE:LINE:COLUMN)`. */
function asFrame(frame: string): string {
  const [, place, name] = /^(.*?)(?:, in (.*))?$/.exec(frame)!;
  return name === undefined ? `    at ${place}` : `    at ${name} (${place})`;
}
