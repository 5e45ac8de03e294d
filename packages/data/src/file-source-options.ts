import { Type, type Static } from 'typebox';

const Format = Type.Optional(
  Type.Enum(['csv', 'tsv', 'parquet', 'jsonl'], {
    description: 'Format of the files, where their endings do not tell it.',
  }),
);

const Join = Type.Object({
  files: Type.Array(Type.String(), {
    minItems: 1,
    description: 'Files or patterns of the side table; paths relative to this config.',
  }),
  format: Format,
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
  columns: Type.Optional(Type.Array(Type.String(), { description: 'Columns to add; all but the key without it.' })),
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
