import { Type, type Static } from 'typebox';

/** How CSV and TSV files are written; the option `csv` of a source and of a join. */
export const CsvOptions = Type.Object(
  {
    delimiter: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4,
        description: 'What stands between two cells, e.g. "::"; a comma, in TSV a tab, without it.',
      }),
    ),
    header: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'Names of the columns, in order, of files that have no header line.',
      }),
    ),
    quotes: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Whether cells may stand in double quotes; a quote is text otherwise.',
      }),
    ),
    encoding: Type.Optional(
      Type.Enum(['utf-8', 'latin-1'], { default: 'utf-8', description: 'Encoding of the files.' }),
    ),
  },
  { description: 'How CSV and TSV files are written, where it is not as usual.' },
);

export type CsvOptions = Static<typeof CsvOptions>;
