import type { DataOptions } from './data-options.js';

/** Where a config names a field, or the SQL that computes it; undefined where it does not. */
export function fieldPath({ fields }: Pick<DataOptions, 'fields'>, field: string): string | undefined {
  const place = fields.findIndex((one) => (typeof one === 'string' ? one : one.name) === field);
  const found = fields[place];
  if (found === undefined) return undefined;
  return `data.fields[${place}]${typeof found === 'object' && found.expression !== undefined ? '.expression' : ''}`;
}
