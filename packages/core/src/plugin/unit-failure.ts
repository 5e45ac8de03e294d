import { isMdctrError, MdctrError, type ErrorDetails, type SourceLocation, userFrames, thrownText } from '@mdctr/base';
/**
 * Runs a hook of a backbone or plugin while a model is built.
 * @param unit e.g. `plugin "star"`.
 * @param where e.g. `hidden at the site dnn/deep/0`.
 * @param named where a config names its package.
 * @throws MdctrError MDCTR_UNIT_HOOK in place of what the hook threw, with its own part of the stack.
 */
export function inHook<T>(unit: string, where: string, named: SourceLocation | undefined, body: () => T): T {
  try {
    return body();
  } catch (thrown) {
    if (isMdctrError(thrown)) throw thrown;
    throw failure('MDCTR_UNIT_HOOK', thrown, {
      what: `The ${unit} failed in its hook ${where}: ${thrownText(thrown)}`,
      ...(named && { at: named }),
      hint: 'Mend the hook; npx mdctr inspect lists the sites that it is asked at.',
    });
  }
}

/** Frames of a stack that are kept: an author's lies below many of TensorFlow's. */
const DEEP = 100;

/** What `next` threw inside a hook that goes around it. */
const thrownInside = new WeakSet<object>();

/** What an answer may have wrong besides throwing: words for it, e.g. its shape; undefined if all is well. */
type Complaint<A extends unknown[], T> = (answer: T, ...args: A) => { expected: string; found: string } | undefined;

/**
 * What a hook returned, to be run on every pass.
 * @param unit, where, named as of `inHook`.
 * @returns the same function; it throws MdctrError MDCTR_UNIT_RUN in place of what it threw, with its own part of the stack, and for
 *   an answer that `complaint` has words for.
 */
export function guarded<A extends unknown[], T>(
  unit: string,
  where: string,
  named: SourceLocation | undefined,
  run: (...args: A) => T,
  complaint?: Complaint<A, T>,
): (...args: A) => T {
  const what = `The ${unit} failed in what its hook ${where} returned`;
  const at = named && { at: named };
  return (...args) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = DEEP;
    try {
      const answer = run(...args);
      const wrong = complaint?.(answer, ...args);
      if (wrong === undefined) return answer;
      const hint = 'Mend the function that the hook returns.';
      throw new MdctrError('MDCTR_UNIT_RUN', { what: `${what}.`, ...at, ...wrong, hint });
    } catch (thrown) {
      if (isMdctrError(thrown) || thrownInside.has(thrown as object)) throw thrown;
      const hint = 'Mend the function that the hook returns; npx mdctr dev shows every check that it breaks.';
      throw failure('MDCTR_UNIT_RUN', thrown, { what: `${what}: ${thrownText(thrown)}`, ...at, hint });
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

/** What a hook goes around: what is thrown in it is not the hook's. */
export function inside<A extends unknown[], T>(next: (...args: A) => T): (...args: A) => T {
  return (...args) => {
    try {
      return next(...args);
    } catch (thrown) {
      if (thrown instanceof Object) thrownInside.add(thrown);
      throw thrown;
    }
  };
}

function failure(code: string, thrown: unknown, details: ErrorDetails): MdctrError {
  const frames = userFrames(thrown);
  const error = new MdctrError(code, {
    ...details,
    ...(frames.length > 0 && { thrown: frames }),
    cause: thrown,
  });
  // For whoever looks for a place in it.
  const lines = thrown instanceof Error ? (thrown.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []) : [];
  if (lines.length > 0) error.stack = [`${error.name}: ${error.message}`, ...lines].join('\n');
  return error;
}
