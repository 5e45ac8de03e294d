import { MdctrError, type SourceLocation } from '../errors.js';
import { ownFrames, thrownText } from '../registry/own-frames.js';

/** Errors that say already what is wrong and where. By name: another copy of core, or the tensor room, may have made them. */
const COMPLETE = ['MdctrError', 'MdctrErrors', 'TensorError'];

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
    if (thrown instanceof Error && COMPLETE.includes(thrown.name)) throw thrown;
    const frames = ownFrames(thrown);
    throw new MdctrError('MDCTR_UNIT_HOOK', {
      what: `The ${unit} failed in its hook ${where}: ${thrownText(thrown)}`,
      ...(named && { at: named }),
      ...(frames.length > 0 && { thrown: frames }),
      hint: 'Mend the hook; mdctr inspect lists the sites that it is asked at.',
      cause: thrown,
    });
  }
}
