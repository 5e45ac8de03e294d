import { MdctrError } from '@mdctr/base';
import { literal, pathLiteral } from '../database/sql.js';
import type { CsvOptions } from './csv-options.js';
import type { FileFormat, Readable } from './file-format.js';
import { badFormat, refuseEqualNames, unlessUnreadable } from './format-errors.js';
import { readHeader } from './read-header.js';
import { type Dialect, scanRecords } from './scan-records.js';
import { encodingError } from './text-encoding.js';

/** Cells that a comma, or what `csv.delimiter` names, separates. */
export const csv: FileFormat = {
  title: 'CSV',
  endings: ['csv'],
  copyOptions: 'FORMAT csv, HEADER',
  writesGzip: true,
  open: (_, path, options) => openCsv(path, ',', options),
};

/** The same with a tab. */
export const tsv: FileFormat = {
  title: 'TSV',
  endings: ['tsv'],
  copyOptions: "FORMAT csv, HEADER, DELIMITER '\t'",
  writesGzip: true,
  open: (_, path, options) => openCsv(path, '\t', options),
};

/** `separator` is what stands between two cells where options do not say it. */
async function openCsv(path: string, separator: string, options: CsvOptions = {}): Promise<Readable> {
  const { delimiter = separator, quotes = true, encoding = 'utf-8', header } = options;
  const dialect: Dialect = { delimiter, quotes, encoding };
  const columns = header ?? (await columnsOf(path, dialect));
  const notText = columns.some((name) => /[\0\ufffd]/.test(name)) ? await explainEncoding(path, dialect) : undefined;
  if (notText) throw notText;
  refuseEqualNames(path, columns);
  return {
    columns,
    select: `SELECT * FROM read_csv(${pathLiteral(path)}, ${readOptions(columns, dialect, !header)})`,
    async locate(row) {
      let line = 1;
      await scanRecords(path, dialect, (record, index) => {
        line = record.line;
        return index === row + (header ? 0 : 1);
      });
      return { file: path, line };
    },
    explain: (cause) =>
      unlessUnreadable(path, csv.title, async () => {
        return (
          (await explainEncoding(path, dialect)) ??
          (await raggedError(path, dialect, header)) ??
          badFormat(path, csv.title, (cause as Error).message, cause)
        );
      }),
  };
}

/** Nothing is left to DuckDB's guess: it passes over lines that do not fit in silence. */
function readOptions(columns: readonly string[], { delimiter, quotes, encoding }: Dialect, header: boolean): string {
  const types = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const quote = quotes ? '"' : '';
  return (
    `delim=${literal(delimiter)}, quote='${quote}', escape='${quote}', comment='', skip=0, header=${header}, nullstr='', ` +
    `encoding='${encoding}', strict_mode=true, auto_detect=false, columns={${types}}`
  );
}

/** The names in the header line. */
async function columnsOf(path: string, dialect: Dialect): Promise<string[]> {
  try {
    return await readHeader(path, dialect);
  } catch (cause) {
    const { title } = dialect.delimiter === '\t' ? tsv : csv;
    throw badFormat(path, title, (cause as Error).message, cause);
  }
}

const explainEncoding = async (path: string, { encoding }: Dialect): Promise<MdctrError | undefined> =>
  encoding === 'utf-8' ? encodingError(path) : undefined;

/** The error of the first record that is ragged or has faulty quotes. */
async function raggedError(
  path: string,
  dialect: Dialect,
  header: readonly string[] | undefined,
): Promise<MdctrError | undefined> {
  let expected = header?.length;
  let found: MdctrError | undefined;
  await scanRecords(path, dialect, ({ line, cells, fault }) => {
    expected ??= cells;
    if (cells === expected && fault === undefined) return false;
    found = new MdctrError('MDCTR_DATA_CSV', {
      what: `A line does not fit the ${header ? 'columns named under csv.header' : 'header'}.`,
      at: { file: path, line },
      expected: `${expected} cells, one line end throughout, quotes around whole cells and doubled inside`,
      found: fault ?? `${cells} cells`,
      hint: 'Put quotes around cells that hold the delimiter, a quote or a line break.',
    });
    return true;
  });
  return found;
}
