import { MdctrError, MdctrErrors } from '@mdctr/base';
import { describe, expect, it } from 'vitest';
import { packError, unpackError } from '../../src/processes/packed-error.js';
import { failureOf } from '../../src/trial/trial-failure.js';

describe('errors on their way between processes', () => {
  it('come out as they went in', () => {
    const error = new MdctrError('MDCTR_X', { what: 'no', found: 'y', hint: 'z' });
    expect(unpackError(structuredClone(packError(error)))).toEqual(error);
    const both = new MdctrErrors([error, error]);
    expect(unpackError(structuredClone(packError(both))).message).toBe(both.message);
    const other = unpackError(structuredClone(packError(Object.assign(new TypeError('t'), { code: 'ENOSPC' }))));
    expect([other.name, other.message, (other as NodeJS.ErrnoException).code]).toEqual(['TypeError', 't', 'ENOSPC']);
  });

  it('are the trial’s fault or end the study', () => {
    expect(failureOf(new TypeError('no such thing\nat all'))).toMatchObject({
      code: null,
      reason: 'TypeError: no such thing',
    });
    expect(failureOf(new MdctrError('MDCTR_TRAINING_DIVERGED', { what: 'NaN.', found: 'here' }))).toMatchObject({
      code: 'MDCTR_TRAINING_DIVERGED',
      reason: 'NaN. Found: here.',
    });
    expect(failureOf(new MdctrError('MDCTR_CONFIG_VALUE', { what: 'no' }))).toBeUndefined();
    expect(failureOf(Object.assign(new Error('full'), { code: 'ENOSPC' }))).toBeUndefined();
  });
});
