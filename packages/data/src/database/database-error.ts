import { MdctrError } from '@mdctr/base';

/** A data error that shows the first lines of DuckDB's message. */
export function databaseError(code: string, what: string, hint: string, cause: unknown, path?: string): MdctrError {
  const found = (cause as Error).message.split('\n').slice(0, 2).join(' ').trim();
  return new MdctrError(code, { what, ...(path !== undefined && { path }), found, hint, cause });
}
