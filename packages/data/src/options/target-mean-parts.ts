import { MdctrError, nearest } from '@mdctr/base';
import { type FieldSpec, isNumeric, targetMeanOf } from './field-spec.js';

/**
 * The fields whose values together a target mean is of: the field itself, then those of `by`.
 * @returns places among the fields.
 */
export function partsOf(fields: readonly FieldSpec[], f: number): number[] {
  const encoding = fields[f] && targetMeanOf(fields[f]);
  const by = encoding?.by ?? [];
  return [f, ...by.map((name) => fields.findIndex((field) => field.name === name))];
}

/**
 * @param path where the config has the fields.
 * @throws MdctrError MDCTR_CONFIG_VALUE for a `by` that is no field, or that a mean cannot be by.
 */
export function refuseUnknownParts(fields: readonly FieldSpec[], path: string): void {
  for (const field of fields) {
    const others = fields.filter((one) => one !== field);
    for (const name of targetMeanOf(field)?.by ?? []) {
      const part = others.find((one) => one.name === name);
      if (part && !part.list && !isNumeric(part) && !targetMeanOf(part)) continue;
      const near = nearest(
        name,
        others.map((one) => one.name),
      );
      throw new MdctrError('MDCTR_CONFIG_VALUE', {
        what: `The target mean "${field.name}" is by "${name}", which is ${part ? 'not a field of categories' : 'no other field'}.`,
        path,
        expected: 'another field, with single values that are not read as numbers',
        hint:
          near !== undefined && !part ? `Did you mean "${near}"?` : 'Add it to data.fields, or take it out of `by`.',
      });
    }
  }
}
