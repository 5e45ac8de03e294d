import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The installed npm package @tensorflow/tfjs-node. Its entry point insists on an addon inside its own folder; ours lies
 * in the cache, so its parts are loaded one by one and node_modules stays untouched.
 */
export function tfjsNodePackage(): { readonly dir: string; readonly require: NodeJS.Require } {
  const here = createRequire(import.meta.url);
  const dir = realpathSync(dirname(here.resolve('@tensorflow/tfjs-node/package.json')));
  return { dir, require: createRequire(join(dir, 'dist', 'index.js')) };
}

/** Where tfjs-node would find an addon if its own install script had run, e.g. in a project that allows it. */
export function ownAddonDir(): string | undefined {
  const { dir } = tfjsNodePackage();
  const lib = join(dir, 'lib', 'napi-v8');
  return existsSync(join(lib, 'tfjs_binding.node')) ? lib : undefined;
}

/** Folder of headers of the package node-api-headers. */
export function nodeApiHeaders(): string {
  const here = createRequire(import.meta.url);
  return join(dirname(here.resolve('node-api-headers/package.json')), 'include');
}

/** Version of an installed package, read from its package.json. */
export function tfjsVersion(): string {
  return (JSON.parse(readFileSync(join(tfjsNodePackage().dir, 'package.json'), 'utf8')) as { version: string }).version;
}
