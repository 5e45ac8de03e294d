import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = createRequire(import.meta.url);

/** The part of tfjs-node that the build copies into this package; a checkout that was not built has the whole package. */
const VENDORED = fileURLToPath(new URL('../../vendor/tfjs-node', import.meta.url));

/**
 * The JavaScript and the addon's sources of tfjs-node. The npm package itself is no dependency: its install script
 * downloads from one host and fails where that is out of reach. Its entry point insists on an addon inside its own
 * folder; ours lies in the cache, so its parts are loaded one by one.
 */
export function tfjsNodePackage(): { readonly dir: string; readonly require: NodeJS.Require } {
  const dir = existsSync(join(VENDORED, 'package.json'))
    ? VENDORED
    : realpathSync(dirname(here.resolve('@tensorflow/tfjs-node/package.json')));
  return { dir, require: createRequire(join(dir, 'dist', 'index.js')) };
}

/** Folder of headers of the package node-api-headers. */
export function nodeApiHeaders(): string {
  return join(dirname(here.resolve('node-api-headers/package.json')), 'include');
}

/** Version of tfjs-node. */
export function tfjsVersion(): string {
  return (JSON.parse(readFileSync(join(tfjsNodePackage().dir, 'package.json'), 'utf8')) as { version: string }).version;
}
