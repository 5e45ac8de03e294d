import { afterAll, describe, expect, it } from 'vitest';
import { DomainPlugin, Plugin, type Step } from '../src/index.js';
import { batch, tinyModel } from './tiny-model.js';

@Plugin('faulty')
class Faulty extends DomainPlugin {
  static fails = false;
  override step(next: Step): Step {
    return (host, context) => {
      if (Faulty.fails) throw new Error('on purpose');
      return next(host, context);
    };
  }
}

describe('what a hook returned', () => {
  const assembled = tinyModel(['faulty'], [Faulty]);
  afterAll(() => assembled.dispose());
  const stopped = new Error('stopped');
  const step = assembled.wrapStep(() => {
    throw stopped;
  });
  const thrown = (): unknown => {
    try {
      return step(batch, undefined as never);
    } catch (error) {
      return error;
    }
  };

  it('throws with the name of its plugin; what it goes around throws as ever', () => {
    Faulty.fails = false;
    expect(thrown()).toBe(stopped);
    Faulty.fails = true;
    const limit = Error.stackTraceLimit;
    expect(thrown()).toMatchObject({
      code: 'MDCTR_UNIT_RUN',
      message: expect.stringMatching(/"faulty".*step.*on purpose/),
    });
    expect(Error.stackTraceLimit).toBe(limit);
  });
});
