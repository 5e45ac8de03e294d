import semver from 'semver';
import { packageError, type PackageRequest } from './locate.js';
import type { PackageFolder } from '@mdctr/base';
import { CORE } from '@mdctr/core';

/**
 * Refuses a package whose own package.json asks for another version of core than the one that runs. Ranges that are no
 * versions (`workspace:*`, `file:...`) say nothing.
 * @throws MdctrError MDCTR_PACKAGE_VERSION.
 */
export function refuseOtherCore(request: PackageRequest, { root, manifest }: PackageFolder): void {
  const name = CORE.manifest.name!;
  const found = CORE.manifest.version!;
  const wanted = manifest.peerDependencies?.[name] ?? manifest.dependencies?.[name];
  if (wanted === undefined || semver.validRange(wanted) === null) return;
  if (semver.satisfies(found, wanted, { includePrerelease: true })) return;
  const older = semver.gtr(found, wanted);
  throw packageError('MDCTR_PACKAGE_VERSION', request, `was written for another version of ${name}.`, {
    path: root,
    expected: `${name} ${wanted}, as the package.json of ${manifest.name} ${manifest.version ?? ''} says`.replace(
      '  ',
      ' ',
    ),
    found: `${name} ${found}`,
    hint: older
      ? `Update the package: npm install ${manifest.name}@latest`
      : `Update mdctr: npm install mdctr@latest, or take the ${manifest.name} that fits it.`,
  });
}
