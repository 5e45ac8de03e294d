import type { ConfigDocument } from '../documents/document.js';
import { formatPath, type DocumentPath } from '../documents/located.js';
import { MdctrError } from '@mdctr/base';
import type { Unit } from '@mdctr/core';

/**
 * Refuses options of a unit that do not fit together.
 * @param path where the unit stands in the config
 * @throws MdctrError MDCTR_CONFIG_VALUE
 */
export function checkOptions(unit: Unit, options: object, document: ConfigDocument, path: DocumentPath): void {
  const problem = unit.check?.(options);
  if (!problem) return;
  const place = [...path, ...problem.path];
  const found = problem.path.reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], options);
  throw new MdctrError('MDCTR_CONFIG_VALUE', {
    what: `${unit.name}: ${problem.what}`,
    at: document.locate(place),
    path: formatPath(place),
    expected: problem.expected,
    found: JSON.stringify(found),
  });
}
