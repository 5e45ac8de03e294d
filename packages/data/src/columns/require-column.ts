import { MdctrError, nearest } from '@mdctr/base';

/**
 * @param path where a config names the column.
 * @throws MdctrError MDCTR_DATA_COLUMN if no column has that name.
 */
export function requireColumn(name: string, columns: readonly string[], what: string, path?: string): void {
  if (columns.includes(name)) return;
  const near = nearest(name, columns);
  const shown = columns.length > 30 ? [...columns.slice(0, 30), `... (${columns.length} columns)`] : columns;
  throw new MdctrError('MDCTR_DATA_COLUMN', {
    what: `The data have no column "${name}" (${what}).`,
    ...(path !== undefined && { path }),
    expected: `one of ${shown.join(', ')}`,
    ...(near && { hint: `Did you mean "${near}"?` }),
  });
}
