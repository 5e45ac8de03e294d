import { Type, type Static } from 'typebox';
import { CsvOptions } from '../formats/csv-options.js';
import { FORMAT_NAMES } from '../formats/formats.js';

const Format = Type.Optional(
  Type.Enum(FORMAT_NAMES, {
    description: 'Format of the files, where their endings do not tell it.',
  }),
);

const Csv = Type.Optional(CsvOptions);

const Columns = (without: string) =>
  Type.Optional(
    Type.Array(
      Type.Union([
        Type.String({ minLength: 1 }),
        Type.Object({
          name: Type.String({ minLength: 1, description: 'Name of a computed column.' }),
          expression: Type.String({
            minLength: 1,
            description:
              'SQL (DuckDB) over the file’s columns, which are all text, the computed columns before this one, and `mdctr_file`, the path of the file.',
          }),
        }),
      ]),
      {
        minItems: 1,
        description: `Columns to read, and columns to compute from them, row by row; "*" stands for all of the file. ${without}`,
      },
    ),
  );

const Join = Type.Object({
  files: Type.Array(Type.String(), {
    minItems: 1,
    description: 'Files or patterns of the side table; paths relative to this config.',
  }),
  format: Format,
  csv: Csv,
  key: Type.Union(
    [
      Type.String(),
      Type.Object({
        left: Type.String({ description: 'Column of the data.' }),
        right: Type.String({ description: 'Column of the side table.' }),
      }),
    ],
    { description: 'Column that rows are matched by, or `left` (of the data) and `right` (of the side table).' },
  ),
  prefix: Type.String({ default: '', description: 'Put before the names of the added columns.' }),
  columns: Columns('Without it all but the key.'),
});

/** Rows from files. */
export const FileSource = Type.Object({
  kind: Type.Literal('files'),
  files: Type.Array(Type.String(), {
    default: [],
    description:
      'CSV, TSV, Parquet or JSON Lines files, or patterns like logs/*.csv.gz, one after the other; paths relative to this config. `--data` replaces them.',
  }),
  format: Format,
  csv: Csv,
  columns: Columns('Without it all.'),
  fileColumn: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Adds a column of this name with each row’s file, without folder and endings, e.g. as the domain.',
    }),
  ),
  joins: Type.Array(Join, {
    default: [],
    description: 'Side tables, e.g. of users or items, whose columns are added by a key (left joins).',
  }),
});

export type FileSource = Static<typeof FileSource>;
/** A column to read, or to compute. */
export type ColumnItem = NonNullable<FileSource['columns']>[number];
