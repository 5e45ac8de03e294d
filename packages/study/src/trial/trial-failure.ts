import { MdctrError, MdctrErrors, userFrames, thrownText } from '@mdctr/base';
import { relative } from 'node:path';
import type { SettingModel } from '../plan/types.js';

/** Why a trial failed. */
export interface FailureReason {
  readonly code: string | null;
  readonly reason: string;
  /** `FILE:LINE:COLUMN` of the innermost frame that is a package's own. */
  readonly place?: string;
  readonly stack?: string | undefined;
}

/** What the system says when the fault is that of a disk or a place: the next trial would fare no better. */
const OF_THE_SYSTEM = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EMFILE'];

/** The reason that is recorded for a trial; undefined for what ends the study. */
export function failureOf(error: unknown): FailureReason | undefined {
  if (error instanceof MdctrErrors || !(error instanceof Error)) return undefined;
  if (error instanceof MdctrError) {
    // Of the config as a whole: no trial would do.
    if (error.code.startsWith('MDCTR_CONFIG_')) return undefined;
    const { what, found, thrown } = error.details;
    const reason = found === undefined ? what : `${what} Found: ${found}.`;
    return { code: error.code, reason, ...placeOf(thrown), ...(thrown && { stack: error.message }) };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && OF_THE_SYSTEM.includes(code)) return undefined;
  const [first] = thrownText(error).split('\n');
  return { code: code ?? null, reason: first!, ...placeOf(userFrames(error)), stack: error.stack };
}

/** The innermost frame, as seen from the working directory where it lies below it. */
function placeOf([frame]: readonly string[] = []): { place?: string } {
  if (frame === undefined) return {};
  const place = frame.replace(/, in .*$/, '');
  const near = relative(process.cwd(), place);
  return { place: near.startsWith('..') ? place : near };
}

/** Whether a training ended because its loss was no number, or too large. */
export const hasDiverged = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'Divergence' || (error as { code?: unknown }).code === DIVERGED);

const DIVERGED = 'MDCTR_TRAINING_DIVERGED';

/** What a model threw in the rehearsal, as an error that names the model where it does not say where it comes from. */
export function firstStepsFailure(error: unknown, { backbone, plugins }: SettingModel): Error {
  if (error instanceof MdctrError || error instanceof MdctrErrors) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && OF_THE_SYSTEM.includes(code)) return error as Error;
  const frames = userFrames(error);
  const model = [backbone, ...plugins].map(({ name }) => name).join(' + ');
  return new MdctrError('MDCTR_STUDY_FIRST_STEPS', {
    what: `The model ${model} fails in its first steps: ${thrownText(error)}`,
    ...(frames.length > 0 && { thrown: frames }),
    hint: 'Mend it, or take it out of the study; no trial was run.',
    cause: error,
  });
}
