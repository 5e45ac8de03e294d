import { MdctrError, itemAt } from '@mdctr/base';

export function emptyFile(path: string): MdctrError {
  return new MdctrError('MDCTR_DATA_EMPTY', {
    what: `${path} has no rows.`,
    expected: 'at least one row (in CSV: below a header line)',
    hint: 'Look at what writes the file, or take it out of data.source.files.',
  });
}

/**
 * A file that is not of its format.
 * @param title of the format.
 * @param found what is wrong, in one or two lines.
 */
export function badFormat(path: string, title: string, found: string, cause: unknown, line?: number): MdctrError {
  return new MdctrError('MDCTR_DATA_FORMAT', {
    what: `${path} cannot be read as ${title}.`,
    ...(line !== undefined && { at: { file: path, line } }),
    found: found.split('\n').slice(0, 2).join(' ').trim(),
    hint: 'Check the file, or name its format: data.source.format.',
    cause,
  });
}

/** What a closer look finds; a file that cannot even be looked at (a damaged archive, say) is told as such. */
export async function unlessUnreadable(
  path: string,
  title: string,
  look: () => Promise<MdctrError>,
): Promise<MdctrError> {
  try {
    return await look();
  } catch (cause) {
    return badFormat(path, title, (cause as Error).message, cause);
  }
}

/**
 * DuckDB's names do not tell `User` from `user`, and two columns of one name cannot be told apart at all.
 * @throws MdctrError MDCTR_DATA_COLUMN.
 */
export function refuseEqualNames(path: string, columns: readonly string[]): void {
  const lower = columns.map((name) => name.toLowerCase());
  const twin = lower.findIndex((name, i) => lower.indexOf(name) < i);
  if (twin < 0) return;
  const [first, second] = [columns[lower.indexOf(itemAt(lower, twin))]!, itemAt(columns, twin)];
  throw new MdctrError('MDCTR_DATA_COLUMN', {
    what: `${path} has two columns of one name: "${first}"${first === second ? '' : ` and "${second}"`}.`,
    expected: 'names that differ, also without regard to capitals',
    hint: 'Rename one of them in the file.',
  });
}
