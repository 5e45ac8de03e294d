import { readFile } from 'node:fs/promises';
import { createRequire, type LoadHook, type ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';

// Not by `import`: on Node 22 what the compiler then requires would not be found beside another loader, such as Yarn's.
const ts = createRequire(import.meta.url)('typescript') as typeof import('typescript');

/**
 * Module hooks (they run on Node's loader thread). `@mdctr/*` always means this installation, so that a plugin beside a
 * config shares one copy of core with the command that runs it.
 */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const local = context.parentURL?.endsWith('.ts') ?? false;
  if (local && specifier.startsWith('@mdctr/')) {
    try {
      return await next(specifier, { ...context, parentURL: import.meta.url });
    } catch {
      return next(specifier, context);
    }
  }
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!local) throw error;
    // `./layer.js` means `./layer.ts` in TypeScript sources; other packages may come with core.
    if (specifier.startsWith('.')) return next(specifier.replace(/\.js$/, '.ts'), context);
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
};

export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || !url.endsWith('.ts') || url.endsWith('.d.ts')) return next(url, context);
  const fileName = fileURLToPath(url);
  const { outputText } = ts.transpileModule(await readFile(fileName, 'utf8'), {
    fileName,
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
  return { format: 'module', source: outputText, shortCircuit: true };
};
