import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, runProgram } from './command.js';
import { download } from './download.js';
import type { Report } from './report.js';
import { megabytes } from './report.js';
import { TierUnavailable, VERSIONS } from './tiers.js';

const PLATFORMS: Readonly<Record<string, string>> = { 'linux-x64': 'linux-x86_64', 'darwin-x64': 'darwin-x86_64' };

/**
 * Tier `prebuilt`: what tfjs-node's own install script does, with time limits and checksums. The host can be set with
 * the environment variables that tfjs-node documents (TFJS_NODE_CDN_STORAGE, TFJS_NODE_BASE_URI).
 * @returns the names of the files that belong to the set-up.
 */
export async function setUpPrebuilt(staging: string, report: Report): Promise<string[]> {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  if (!platform) throw new TierUnavailable(`no prebuilt addon is used on ${process.platform}-${process.arch}`);
  const tar = findProgram('tar');
  if (!tar) throw new TierUnavailable('the program tar is missing');

  const host = process.env.TFJS_NODE_CDN_STORAGE || process.env.CDN_STORAGE || 'https://storage.googleapis.com/';
  const base = process.env.TFJS_NODE_BASE_URI || `${host}tensorflow/libtensorflow/libtensorflow-`;
  const library = `${base}cpu-${platform}-${VERSIONS.prebuiltTensorflow}.tar.gz`;
  const addon = `${host}tf-builds/pre-built-binary/napi-v8/${VERSIONS.tfjs}/CPU-${process.platform}-${VERSIONS.tfjs}.tar.gz`;

  await mkdir(staging, { recursive: true });
  // The small one first: where it is missing the large one is of no use.
  for (const [what, url] of [
    ['addon', addon],
    ['libtensorflow', library],
  ] as const) {
    const archive = join(staging, `${what}.tar.gz`);
    await download(url, archive, (received, total) =>
      report.progress(`downloading ${what} ${megabytes(received, total)}`),
    );
    await runProgram(tar, ['-xzf', archive, '-C', staging], 120_000);
    await rm(archive);
  }
  await rename(join(staging, 'napi-v8', 'tfjs_binding.node'), join(staging, 'tfjs_binding.node')).catch(
    () => undefined,
  );
  const names = ['tfjs_binding.node'];
  for (const name of [
    'libtensorflow.so.2',
    'libtensorflow_framework.so.2',
    'libtensorflow.2.dylib',
    'libtensorflow_framework.2.dylib',
  ]) {
    const found = await rename(join(staging, 'lib', name), join(staging, name)).then(
      () => true,
      () => false,
    );
    if (found) names.push(name);
  }
  return names;
}
