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
const PROBLEMS = new Set([
  'ae-forgotten-export',
  'ae-incompatible-release-tags',
  'ae-unresolved-link',
  'ae-wrong-input-file-type',
]);

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
    const reports = new Map();
    const problems = [];
    for (const [index, { report, whole }] of entryPoints.entries()) {
      const messages = extract(configs[index], compilerState, whole);
      const text = readFileSync(join(folder, 'reports', `${report}.public.api.md`), 'utf8');
      reports.set(`${report}.api.md`, text);
      problems.push(...messages.filter((message) => concerns(message, text)).map(problemText));
    }
    return { reports, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configOf({ report, folder, entry, bundled = [], whole = false }, output) {
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
        includeForgottenExports: whole,
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

/** Runs API Extractor; gives what it says that makes a report wrong. */
function extract(config, compilerState, whole) {
  const messages = [];
  Extractor.invoke(config, {
    localBuild: true,
    compilerState,
    messageCallback: (message) => {
      message.handled = true;
      const { category, messageId, logLevel } = message;
      if (messageId === 'ae-forgotten-export' && whole) return;
      if (category === 'Compiler' || logLevel === 'error' || PROBLEMS.has(messageId)) messages.push(message);
    },
  });
  return messages;
}

/** A type that only internal declarations use is not missed by anybody: the report, which is without them, does not have its name. */
const concerns = ({ messageId, text }, report) =>
  messageId !== 'ae-forgotten-export' || new RegExp(`\\b${/"([^"]+)"/.exec(text)?.[1]}\\b`).test(report);

const problemText = ({ text, sourceFilePath, sourceFileLine }) =>
  `${sourceFilePath ? `${sourceFilePath.replace(`${root}/`, '')}:${sourceFileLine}: ` : ''}${text}`;
