import { pathLiteral } from '../database/sql.js';
import type { FileFormat } from './file-format.js';
import { badFormat } from './format-errors.js';
import { openTyped } from './open-typed.js';

const TITLE = 'Parquet';

/** Apache Parquet; values of all types are read as text. */
export const parquet: FileFormat = {
  title: TITLE,
  endings: ['parquet', 'pq'],
  copyOptions: 'FORMAT parquet',
  writesGzip: false,
  open: (loading, path) =>
    openTyped(loading, path, {
      source: `read_parquet(${pathLiteral(path)}, binary_as_string=true)`,
      text: parquetText,
      locate: (row) => Promise.resolve({ file: `${path} (row ${row + 1})` }),
      explain: (cause) => Promise.resolve(badFormat(path, TITLE, (cause as Error).message, cause)),
    }),
};

/** SQL: DuckDB's own text of a value; elements of a list are joined by `|`, structures become JSON. */
function parquetText(column: string, type: string): string {
  if (/^(STRUCT|MAP|UNION)\b/.test(type) || /^(STRUCT|MAP|UNION).*\]$/.test(type)) return `to_json(${column})::VARCHAR`;
  if (/\[\d*\]\[\d*\]$/.test(type)) return `to_json(${column})::VARCHAR`;
  return /\[\d*\]$/.test(type) ? `array_to_string(${column}::VARCHAR[], '|')` : `${column}::VARCHAR`;
}
