import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Hook, Kind, Licence } from './choices.js';
import { namesOf } from './names.js';
import { nextCommands, workspaceNote } from './next-steps.js';
import { packageManager } from './package-manager.js';
import { packageFiles, singleFiles, type Files, type Filling } from './templates.js';
import { workspaceOf } from './workspace.js';
import { writeBeside, writeFolder } from './write-new.js';

export interface ScaffoldRequest {
  readonly kind: Kind;
  /** Package name, or the unit's name alone. */
  readonly name: string;
  /** Of a plugin; `hidden` by default. */
  readonly hook?: Hook;
  /** Apache-2.0 by default. */
  readonly licence?: Licence;
  /** Whose copyright it is; by default the authors of the package. */
  readonly author?: string;
  /** Folder; by default the package's name without its scope, or for a single file the working directory. */
  readonly out?: string;
  /** One file and a study beside it, no package. */
  readonly singleFile?: boolean;
}

/** What was written, and what to do next. */
export interface Scaffolded {
  readonly kind: Kind;
  /** Name in configs. */
  readonly unit: string;
  /** Absent for a single file. */
  readonly package?: string;
  readonly folder: string;
  /** Paths inside the folder. */
  readonly files: readonly string[];
  /** Commands to run next, in this order, from the working directory on. */
  readonly next: readonly string[];
  readonly note?: string;
}

/**
 * Writes a package, or a single file with its study, for a new backbone or plugin.
 * @throws MdctrError MDCTR_NEW_NAME, MDCTR_NEW_NAME_TAKEN, MDCTR_NEW_FOLDER; nothing has been written then.
 */
export async function scaffold(
  request: ScaffoldRequest,
  { cwd = process.cwd(), userAgent = process.env.npm_config_user_agent }: { cwd?: string; userAgent?: string } = {},
): Promise<Scaffolded> {
  const { kind, hook = 'hidden', licence = 'Apache-2.0' } = request;
  const names = namesOf(kind, request.name);
  const folder = resolve(cwd, request.out ?? (request.singleFile ? '.' : basename(names.packageName)));
  const workspace = request.singleFile ? undefined : workspaceOf(folder);
  const isMember = workspace?.checkout && workspace.member;
  const filling: Filling = {
    ...names,
    kind,
    licence,
    holder: request.author ?? `the authors of ${names.packageName}`,
    range: isMember ? 'workspace:*' : `^${version()}`,
    peerRange: isMember ? 'workspace:^' : `^${version()}`,
  };
  const made = { kind, unit: names.unit, folder };
  if (request.singleFile) {
    const files = singleFiles(hook, filling);
    await writeBeside(folder, files);
    const study = request.out === undefined ? 'study.json' : `${request.out.replace(/\/$/, '')}/study.json`;
    return { ...made, files: Object.keys(files), next: [`npx mdctr bench ${study}`] };
  }
  // CI of a checkout stands at its root, and tests this package with the others.
  const files = without(isMember ? '.github/' : undefined, packageFiles(hook, filling));
  await writeFolder(folder, files);
  const manager = packageManager(userAgent) ?? workspace?.manager ?? 'npm';
  return {
    ...made,
    package: names.packageName,
    files: Object.keys(files),
    next: nextCommands(folder, cwd, manager, workspace),
    ...(workspace && { note: workspaceNote(kind, workspace, manager) }),
  };
}

function without(folder: string | undefined, files: Files): Files {
  return folder === undefined
    ? files
    : Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(folder)));
}

/** Packages of mdctr have one version. */
function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
