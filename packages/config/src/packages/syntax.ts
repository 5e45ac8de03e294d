import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The files of a package that a file imports by relative paths, itself first. */
export function neighbours(entry: string): string[] {
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file) || !existsSync(file)) return;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, specifier] of text.matchAll(
      /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*['"](\.{1,2}\/[^'"]+)['"]/g,
    )) {
      const path = resolve(dirname(file), specifier!);
      const source = path.replace(/\.(m?)js$/, '.$1ts');
      const found = [path, source, `${path}.ts`, `${path}.js`, `${path}/index.ts`].find(
        (one) => /\.[cm]?[jt]s$/.test(one) && existsSync(one),
      );
      if (found) visit(found);
    }
  };
  visit(entry);
  return [...files];
}

/** A slip in the syntax of a file. */
export interface SyntaxSlip {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The first slip in the syntax of a file and of those that it imports by relative paths. */
export async function syntaxSlip(entry: string): Promise<SyntaxSlip | undefined> {
  // Heavy, and needed for an error alone.
  const { default: ts } = await import('typescript');
  for (const file of neighbours(entry)) {
    const { diagnostics = [] } = ts.transpileModule(readFileSync(file, 'utf8'), {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: { experimentalDecorators: true, allowJs: true, target: ts.ScriptTarget.ES2022 },
    });
    const [first] = diagnostics;
    if (!first?.file || first.start === undefined) continue;
    const { line, character } = first.file.getLineAndCharacterOfPosition(first.start);
    const message = ts.flattenDiagnosticMessageText(first.messageText, ' ');
    return { file, line: line + 1, column: character + 1, message };
  }
  return undefined;
}
