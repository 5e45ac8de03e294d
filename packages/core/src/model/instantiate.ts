import { MdctrError, thrownText, userFrames, type Random } from '@mdctr/base';
import { inject, injectable, type DependencyContainer } from 'tsyringe';
import type { Unit } from '../registry/registry.js';
import { OPTIONS, RANDOM } from './tokens.js';

/** @internal A backbone or plugin with its options, defaults filled in. */
export interface UnitConfig {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** Each unit gets a container of its own below the trial's, because all of them ask for OPTIONS. */
export function instantiate(trial: DependencyContainer, unit: Unit, config: UnitConfig, stream: Random): object {
  const { name, ...options } = config;
  const container = trial.createChildContainer();
  container.register(OPTIONS, { useValue: options });
  container.register(RANDOM, { useValue: stream });
  if (unit.cls.length > 0) inject(OPTIONS)(unit.cls, undefined, 0);
  injectable()(unit.cls);
  try {
    return container.resolve(unit.cls);
  } catch (cause) {
    if (cause instanceof MdctrError) throw cause;
    const thrown = userFrames(cause);
    const at = unit.origin?.at;
    throw new MdctrError('MDCTR_UNIT_CONSTRUCTION', {
      what: `The ${unit.kind} "${name}" of ${unit.packageName} could not be made: ${thrownText(cause)}`,
      ...(at && { at }),
      ...(thrown.length > 0 && { thrown }),
      hint: 'A constructor takes its options first; every other parameter needs @inject(TOKEN) with a token of @mdctr/core.',
      cause,
    });
  }
}

/** The error of a class under the wrong decorator. */
export function notA(kind: string, name: string, wanted: string): MdctrError {
  return new MdctrError('MDCTR_UNIT_SHAPE', {
    what: `The ${kind} "${name}" is not one.`,
    expected: `a class that ${wanted}`,
    hint: 'Check which decorator stands over the class.',
  });
}
