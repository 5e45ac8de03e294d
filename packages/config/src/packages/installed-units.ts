import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foldersAbove, packageIn } from '@mdctr/base';
import { CONVENTION } from './specifier.js';

/** Keywords by which packages say that they have backbones or plugins. */
const KEYWORDS = ['mdctr-plugin', 'mdctr-backbone'];

/**
 * The installed packages, seen from a folder, that by convention have a unit of this name: `mdctr-plugin-NAME` and alike.
 */
export function thirdPartyNamed(name: string, from: string): string[] {
  const found = [from, ...foldersAbove(from)].flatMap((folder) => {
    const modules = join(folder, 'node_modules');
    const scopes = namesIn(modules).filter((one) => one.startsWith('@'));
    const packages = [
      ...namesIn(modules),
      ...scopes.flatMap((scope) => namesIn(join(modules, scope)).map((one) => `${scope}/${one}`)),
    ];
    return packages.filter((one) => CONVENTION.test(one) && one.replace(CONVENTION, '') === name);
  });
  return [...new Set(found)];
}

/** Whether an installed package says that it has backbones or plugins, by its name or its keywords. */
export function isThirdParty(name: string, root: string): boolean {
  return CONVENTION.test(name) || KEYWORDS.some((keyword) => packageIn(root)?.manifest.keywords?.includes(keyword));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
