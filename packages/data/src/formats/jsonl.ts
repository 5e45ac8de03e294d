import type { MdctrError } from '@mdctr/base';
import { pathLiteral } from '../database/sql.js';
import type { FileFormat } from './file-format.js';
import { badFormat, unlessUnreadable } from './format-errors.js';
import { openTyped } from './open-typed.js';
import { scanLines } from './scan-lines.js';
import { encodingError } from './text-encoding.js';

const TITLE = 'JSON Lines (one object a line)';

/** JSON Lines: one object a line, blank lines are none. */
export const jsonl: FileFormat = {
  title: TITLE,
  endings: ['jsonl', 'ndjson'],
  copyOptions: 'FORMAT json',
  writesGzip: false,
  open: (loading, path) =>
    openTyped(loading, path, {
      // Depth 1: every value stays JSON, so that no text is taken for a date and no long number for a float.
      source: `read_json(${pathLiteral(path)}, format='newline_delimited', maximum_depth=1, sample_size=-1)`,
      text: jsonText,
      locate: async (row) => ({ file: path, line: await lineOfRow(path, row) }),
      explain: (cause) => explain(path, cause),
      // Lines that are no objects are read as one column of this name.
      check: async (columns) => {
        if (columns.join() === 'json' && (await firstNotJson(path))) throw await explain(path, new Error());
      },
    }),
};

function explain(path: string, cause: unknown): Promise<MdctrError> {
  return unlessUnreadable(path, TITLE, async () => {
    const encoding = await encodingError(path);
    if (encoding) return encoding;
    const bad = await firstNotJson(path);
    return badFormat(path, TITLE, bad?.why ?? (cause as Error).message, cause, bad?.line);
  });
}

/** SQL: the text of a value; elements of a list are joined by `|`, objects stay JSON. */
function jsonText(column: string): string {
  const list = `array_to_string(from_json(${column}, '["VARCHAR"]'), '|')`;
  return `CASE json_type(${column}) WHEN 'ARRAY' THEN ${list} ELSE ${column} ->> '$' END`;
}

/** The first line that is no JSON object, if there is one. */
async function firstNotJson(file: string): Promise<{ line: number; why: string } | undefined> {
  let found: { line: number; why: string } | undefined;
  await scanLines(file, (bytes, line) => {
    const text = bytes
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trim();
    if (text === '') return false;
    try {
      const value: unknown = JSON.parse(text);
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return false;
      found = { line, why: `${text.slice(0, 40)} is no object` };
    } catch (error) {
      found = { line, why: (error as Error).message };
    }
    return true;
  });
  return found;
}

/** The line of the row of that index (from 0). */
async function lineOfRow(file: string, row: number): Promise<number> {
  let [seen, found] = [0, 1];
  await scanLines(file, (bytes, line) => {
    if (bytes.toString('latin1').trim() === '' || seen++ < row) return false;
    found = line;
    return true;
  });
  return found;
}
