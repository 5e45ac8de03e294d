import { MdctrError } from '@mdctr/base';
import type { Source } from '../conversion-report.js';
import { plain, type LocatedYaml } from './yaml-file.js';

/** A key of theirs with its value. */
export interface Setting extends Source {
  readonly node: LocatedYaml;
  /** Without places. */
  readonly value: unknown;
}

/** Keys of an experiment or a column, which are taken one after the other, so that in the end none can be forgotten. */
export class Settings {
  private readonly left: Map<string, Setting>;

  /** `prefix`: what stands before the keys in the report, e.g. `feature_cols[2].` */
  constructor(nodes: ReadonlyMap<string, LocatedYaml>, prefix = '') {
    this.left = new Map(
      [...nodes].map(([key, node]) => [key, { key: prefix + key, at: node.at, node, value: plain(node) }]),
    );
  }

  /** The setting, if there is one that nobody has taken. */
  take(key: string): Setting | undefined {
    const setting = this.left.get(key);
    this.left.delete(key);
    return setting;
  }

  /** A setting that nobody has taken, without taking it. */
  look(key: string): Setting | undefined {
    return this.left.get(key);
  }

  /** What nobody has taken, by its key without the prefix. */
  rest(): readonly (readonly [string, Setting])[] {
    return [...this.left];
  }
}

/** A number, or one written as text (`1e-3` is text to PyYAML). */
export function numberOf(setting: Setting, expected = 'a number'): number {
  const { value } = setting;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw wrongValue(setting, expected);
}

export function textOf(setting: Setting, expected = 'a text'): string {
  if (typeof setting.value === 'string' || typeof setting.value === 'number') return String(setting.value);
  throw wrongValue(setting, expected);
}

export const numbersOf = (setting: Setting): number[] => {
  const { value } = setting;
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')) return value;
  throw wrongValue(setting, 'a list of numbers');
};

export function wrongValue({ key, at, value }: Setting, expected: string, hint?: string): MdctrError {
  return new MdctrError('MDCTR_CONVERT_VALUE', {
    what: `The value of ${key} cannot be read.`,
    at,
    expected,
    found: JSON.stringify(value) ?? 'nothing',
    ...(hint !== undefined && { hint }),
  });
}
