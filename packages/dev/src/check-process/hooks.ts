import { readFile } from 'node:fs/promises';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import ts from 'typescript';

// Module hooks of the process of the checks; they run on Node's loader thread, before those of core.

interface Setup {
  readonly port: MessagePort;
  /** What `@mdctr/testkit` and `vitest` mean here. */
  readonly instead: Readonly<Record<string, string>>;
}

let setup: Setup;

export const initialize: InitializeHook<Setup> = (given) => {
  setup = given;
};

/** Test files get this testkit, and a stand-in for their runner. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const url = setup.instead[specifier];
  return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
};

/** Tells which files of the author's are loaded, and refuses those that do not parse with the place where. */
export const load: LoadHook = async (url, context, next) => {
  if (/^file:.*\.m?[jt]s$/.test(url) && !url.includes('/node_modules/')) {
    const file = fileURLToPath(url);
    if (!/[\\/]dist[\\/]/.test(file)) {
      setup.port.postMessage(file);
      refuseSyntaxErrors(file, await readFile(file, 'utf8'));
    }
  }
  return next(url, context);
};

function refuseSyntaxErrors(fileName: string, text: string): void {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      allowJs: true,
    },
  });
  const errors = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (errors.length === 0) return;
  const lines = errors.slice(0, 5).map(({ file, start = 0, code, messageText }) => {
    const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
    return `${fileName}:${line + 1}:${character + 1} TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  throw new SyntaxError(lines.join('\n'));
}
