import { MdctrError, nearest } from '@mdctr/base';
import { attributeOf, fieldColumn } from '../database/tables.js';
import type { FieldSpec } from '../options/field-spec.js';

/**
 * SQL over the columns of `ROW_ATTRIBUTES`: the label of a row's domain.
 * @param domain fields whose values make it up; `(all)` for every row without any.
 * @throws MdctrError MDCTR_DATA_DOMAIN if one of them is no field.
 */
export function domainExpression(domain: readonly string[], fields: readonly FieldSpec[]): string {
  const parts = domain.map((name) => {
    const index = fields.findIndex((field) => field.name === name);
    if (index < 0) throw notAField(name, fields);
    const column = attributeOf(fieldColumn(index));
    return `coalesce(${domain.length === 1 ? column : escapedPart(column)}, '(missing)')`;
  });
  return parts.length === 0 ? `'(all)'` : parts.join(` || ' x ' || `);
}

/**
 * Parts of a composite label are joined by ` x `; inside a part it is written ` \\x `, so that labels stay distinct.
 */
function escapedPart(column: string): string {
  return `replace(replace(${column}, '\\', '\\\\'), ' x ', ' \\x ')`;
}

function notAField(name: string, fields: readonly FieldSpec[]): MdctrError {
  const names = fields.map((field) => field.name);
  const near = nearest(name, names);
  return new MdctrError('MDCTR_DATA_DOMAIN', {
    what: `The domain "${name}" is not among the fields.`,
    path: 'data.domain',
    expected: `one of ${names.join(', ')}`,
    hint: near ? `Did you mean "${near}"?` : 'Add it to data.fields.',
  });
}
