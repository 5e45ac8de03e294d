import { join } from 'node:path';
import ts from 'typescript';

/** Type-checks files with the published types of our packages, as whoever copies a block would; one line a mistake. */
export function typeErrors(root: string, files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const base = ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options;
  const program = ts.createProgram(files, {
    ...base,
    composite: false,
    declaration: false,
    declarationMap: false,
    noEmit: true,
    customConditions: [],
    // Pages of packages that nothing here imports.
    paths: { '@mdctr/*': ['packages', 'plugins'].map((folder) => join(root, folder, '*/dist/index.d.ts')) },
    // Excerpts use what they do not import as a value, and decorated classes their imports as types.
    verbatimModuleSyntax: false,
    isolatedModules: false,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const source = file ? file.text.split('\n')[line - 1] : '';
    return `${file?.fileName.split('/').at(-1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')} (${source?.trim()})`;
  });
}
