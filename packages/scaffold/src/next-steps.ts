import { relative } from 'node:path';
import type { Kind } from './choices.js';
import type { PackageManager } from './package-manager.js';
import type { Workspace } from './workspace.js';

/** What to run after a package was written, as seen from `cwd`: into the folder and install, test, compare. */
export function nextCommands(
  folder: string,
  cwd: string,
  manager: PackageManager,
  workspace: Workspace | undefined,
): string[] {
  if (workspace?.checkout && workspace.member) return ofCheckout(folder, cwd, workspace.root);
  const path = relative(cwd, folder);
  const apart = manager === 'pnpm' && workspace && !workspace.member ? ' --ignore-workspace' : '';
  const install = `${manager} install${apart}`;
  const test = manager === 'npm' ? 'npm test' : `${manager} run test`;
  return [path === '' ? install : `cd ${quoted(path)} && ${install}`, test, `${manager} run study`];
}

/** A checkout's own packages are built before one that takes them is tested. */
function ofCheckout(folder: string, cwd: string, root: string): string[] {
  const path = relative(root, folder);
  const to = relative(cwd, root);
  const pnpm = 'npx -y pnpm@10';
  return [
    `${to === '' ? '' : `cd ${quoted(to)} && `}${pnpm} install`,
    `${pnpm} build`,
    `${pnpm} --dir ${quoted(path)} test`,
    `${pnpm} --dir ${quoted(path)} study`,
  ];
}

/** What to know of the workspace that the package lies in. */
export function workspaceNote(kind: Kind, workspace: Workspace, manager: PackageManager): string {
  const { root, patterns, member, checkout } = workspace;
  if (member && checkout) return `It is a package of this checkout of mdctr (${root}), whose own packages it takes.`;
  if (member) return `It is a package of the workspace ${root}: one lock file there, and installing there is the same.`;
  const list = patterns.length > 0 ? patterns.join(', ') : 'none';
  const taken = `It lies in the workspace ${root} but is no package of it (those are: ${list}).`;
  const wayOut = checkout
    ? ` To work with this checkout's packages, make it below examples/: --out examples/NAME.`
    : ` Add its folder there if it shall be one.`;
  const yarn = manager === 'yarn' ? ' Yarn needs an empty yarn.lock in its folder to install it apart.' : '';
  return `${taken}${wayOut}${yarn}`.replace('NAME', `my-${kind}`);
}

const quoted = (path: string): string => (/^[\w./@-]+$/.test(path) ? path : JSON.stringify(path));
