import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageOf, type PackageFolder } from '@mdctr/base';

/** @internal The package of the core that runs. */
export const CORE: PackageFolder = packageOf(realpathSync(fileURLToPath(import.meta.url)))!;

/** Its version, e.g. `0.1.0`. */
export const CORE_VERSION: string = CORE.manifest.version!;
