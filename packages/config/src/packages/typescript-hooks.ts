import { readFile } from 'node:fs/promises';
import { createRequire, type LoadHook, type ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';

// Module hooks; they run on Node's loader thread.

const isTypeScript = (url: string | undefined): boolean => /^file:.*(?<!\.d)\.m?ts(\?.*)?$/.test(url ?? '');

/** A file of the user's own, and of no package that is installed. */
const isLocal = (url: string | undefined): boolean => /^file:/.test(url ?? '') && !url!.includes('/node_modules/');

const require = createRequire(import.meta.url);

/**
 * `@mdctr/*` in a TypeScript file always means this installation, so that a plugin beside a config shares one copy of core
 * with the command that runs it; in a JavaScript file it does where there is no other.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const { parentURL } = context;
  const typescript = isTypeScript(parentURL);
  if (typescript && specifier.startsWith('@mdctr/')) {
    try {
      return await next(specifier, { ...context, parentURL: import.meta.url });
    } catch {
      return next(specifier, context);
    }
  }
  try {
    return await next(specifier, context);
  } catch (error) {
    const tries = typescript && specifier.startsWith('.') ? sourcesOf(specifier) : [];
    for (const path of tries) {
      try {
        return await next(path, context);
      } catch {
        // the next may be there
      }
    }
    if (specifier.startsWith('.') || !isLocal(parentURL)) throw error;
    try {
      // What comes with core, e.g. typebox.
      return await next(specifier, { ...context, parentURL: import.meta.url });
    } catch {
      throw error;
    }
  }
};

/** `./layer.js`, `./layer` and `./layers` may mean `./layer.ts` and `./layers/index.ts` in TypeScript sources. */
function sourcesOf(specifier: string): string[] {
  if (/\.m?js$/.test(specifier)) return [specifier.replace(/\.(m?)js$/, '.$1ts')];
  return ['.ts', '.mts', '.js', '/index.ts', '/index.js'].map((end) => specifier + end);
}

export const load: LoadHook = async (url, context, next) => {
  if (!isTypeScript(url)) return next(url, context);
  const fileName = fileURLToPath(url);
  // Heavy: not before there is a file for it. Not by `import`: on Node 22 what the compiler then requires would not be found
  // beside another loader, such as Yarn's.
  const ts = require('typescript') as typeof import('typescript');
  const { outputText, diagnostics } = ts.transpileModule(await readFile(fileName, 'utf8'), {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      inlineSourceMap: true,
      inlineSources: true,
    },
  });
  // The loader finds the place and the words again; errors lose what they carry on the way from this thread.
  if (diagnostics?.length) throw new SyntaxError(`${fileName} is no valid TypeScript.`);
  return { format: 'module', source: outputText, shortCircuit: true };
};
