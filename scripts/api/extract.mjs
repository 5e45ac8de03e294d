// The reports, by API Extractor, from the declarations that the build wrote. One program of the compiler serves all packages,
// which is most of the time.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { root } from '../run.mjs';
import { entryPoints } from './entry-points.mjs';

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023'],
  module: 'NodeNext',
  strict: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  skipLibCheck: true,
};

/** What API Extractor says that makes a report wrong; the rest is about forms of comments that this code does not use. */
const PROBLEMS = new Set(['ae-forgotten-export', 'ae-incompatible-release-tags', 'ae-unresolved-link', 'ae-wrong-input-file-type']);

/**
 * The reports of all entry points, and what is wrong with them: types that a public signature uses but nobody can import.
 * @returns {{ reports: Map<string, string>, problems: string[] }} by the names of the files in api/
 */
export function extractReports() {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-api-'));
  mkdirSync(join(folder, 'reports'));
  try {
    const configs = entryPoints.map((of) => configOf(of, folder));
    const [first, ...others] = configs;
    const compilerState = CompilerState.create(first, {
      additionalEntryPoints: others.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
    });
    const problems = configs.flatMap((config) => extract(config, compilerState));
    const reports = entryPoints.map(({ report }) => [
      `${report}.api.md`,
      readFileSync(join(folder, 'reports', `${report}.public.api.md`), 'utf8'),
    ]);
    return { reports: new Map(reports), problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configOf({ report, folder, entry, bundled = [] }, output) {
  const declarations = join(root, folder, 'dist', `${entry}.d.ts`);
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: join(root, folder),
      mainEntryPointFilePath: declarations,
      bundledPackages: bundled,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [declarations] } },
      apiReport: {
        enabled: true,
        reportFileName: report,
        reportFolder: join(output, 'reports'),
        reportTempFolder: join(output, 'temporary'),
        // Without what is marked @internal.
        reportVariants: ['public'],
        includeForgottenExports: bundled.length > 0,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, folder, 'package.json'),
  });
}

function extract(config, compilerState) {
  const problems = [];
  Extractor.invoke(config, {
    localBuild: true,
    compilerState,
    messageCallback: (message) => {
      message.handled = true;
      const { messageId, category, logLevel, text, sourceFilePath, sourceFileLine } = message;
      if (category !== 'Compiler' && logLevel !== 'error' && !PROBLEMS.has(messageId)) return;
      if (messageId === 'ae-forgotten-export' && config.bundledPackages.length > 0) return;
      const place = sourceFilePath ? `${sourceFilePath.replace(`${root}/`, '')}:${sourceFileLine}: ` : '';
      problems.push(`${place}${text}`);
    },
  });
  return problems;
}
