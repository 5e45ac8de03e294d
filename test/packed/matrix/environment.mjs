import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a package manager or a test runner around this one would pass on. */
const INHERITED = /^(npm_|pnpm_|yarn_|VITEST|NODE_OPTIONS$|NODE_ENV$|INIT_CWD$|XDG_|MDCTR_)/i;

/** This environment, as a shell without them has it. */
export const cleanEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([key]) => !INHERITED.test(key)));

/**
 * The environment of a user with an empty home folder and a registry: nothing else is set, but for certificates that this
 * machine's npm is told of.
 * @param caches folder of caches that cells share, so that not each downloads all; undefined: those of this user
 */
export function userEnvironment({ home, node, caches, registry }) {
  const env = {
    ...cleanEnvironment(),
    PATH: [node.folder, process.env.PATH].join(delimiter),
    npm_config_registry: registry,
  };
  const cafile = npmConfig('cafile');
  if (cafile) env.npm_config_cafile = cafile;
  if (!caches) return { ...env, npm_config_cache: npmConfig('cache'), ...mdctrCache() };
  mkdirSync(home, { recursive: true });
  return {
    ...env,
    HOME: home,
    USERPROFILE: home,
    npm_config_cache: join(caches, 'npm'),
    npm_config_store_dir: join(caches, 'pnpm'),
    YARN_CACHE_FOLDER: join(caches, 'yarn'),
    MDCTR_CACHE_DIR: join(caches, 'mdctr'),
  };
}

function npmConfig(key) {
  const value = execFileSync('npm', ['config', 'get', key], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }).trim();
  return ['null', 'undefined', ''].includes(value) ? undefined : value;
}

const mdctrCache = () => (process.env.MDCTR_CACHE_DIR ? { MDCTR_CACHE_DIR: process.env.MDCTR_CACHE_DIR } : {});
