/** An SQL identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** An SQL string. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The path of one file as an SQL string; DuckDB takes `*`, `?` and `[` in a path for a pattern. */
export const pathLiteral = (path: string): string => literal(path.replace(/[*?[]/g, '[$&]'));
