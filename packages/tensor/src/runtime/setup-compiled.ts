import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from './cache.js';
import { findProgram, runProgram } from './command.js';
import type { Report } from './report.js';
import { nodeApiHeaders, tfjsNodePackage } from './tfjs-node.js';
import { TierUnavailable, VERSIONS } from './tiers.js';

/** SHA-256 of the wheel, as PyPI publishes it. */
const WHEEL_SHA256 = '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26';

const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Takes the two libraries and the headers that the addon includes out of the wheel (a zip archive). */
const EXTRACT = `
import re, shutil, sys, zipfile
wheel, target = sys.argv[1:]
keep = re.compile(r'^tensorflow/(lib\\w+\\.so\\.2$|include/(tensorflow/c/|tensorflow/core/platform/|tensorflow/tsl/|tsl/|external/local_tsl/))')
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if keep.match(name):
            archive.extract(name, target)
`;

/** The programs this tier needs, for a message or to see whether a failed attempt is worth repeating. */
export function compilerTools(): { python?: string; compiler?: string } {
  const python = findProgram('python3', 'python');
  const compiler = findProgram('g++', 'clang++', 'c++');
  return { ...(python && { python }), ...(compiler && { compiler }) };
}

/**
 * Tier `compiled`: libtensorflow comes from the PyPI wheel of TensorFlow (pip serves as the downloader, so the user's
 * proxy and index settings hold; no Python of a matching version is needed), the addon from tfjs-node's own sources.
 * @returns the names of the files that belong to the set-up.
 */
export async function setUpCompiled(staging: string, report: Report): Promise<string[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new TierUnavailable(`the wheel is for linux-x64, not for ${process.platform}-${process.arch}`);
  }
  const { python, compiler } = compilerTools();
  if (!python) throw new TierUnavailable('Python 3 with pip is missing (it serves as the downloader)');
  if (!compiler) throw new TierUnavailable('a C++ compiler (g++ or clang++) is missing');
  await mkdir(staging, { recursive: true });

  report.progress(`downloading libtensorflow ${VERSIONS.wheelTensorflow} from PyPI (207 MB)`);
  const wheel = await downloadWheel(python, join(staging, 'wheel'));
  report.progress('checking and unpacking');
  if ((await hashFile(wheel, 'sha256', 'hex')) !== WHEEL_SHA256) {
    throw new TierUnavailable(`the wheel of tensorflow-cpu ${VERSIONS.wheelTensorflow} has a wrong checksum`);
  }
  await writeFile(join(staging, 'extract.py'), EXTRACT);
  const unpacked = join(staging, 'unpacked');
  await runProgram(python, [join(staging, 'extract.py'), wheel, unpacked], 180_000);

  report.progress('compiling the addon');
  const library = join(unpacked, 'tensorflow');
  const binding = join(tfjsNodePackage().dir, 'binding');
  await runProgram(
    compiler,
    [
      ...['-std=c++17', '-shared', '-fPIC', '-O2', '-DNAPI_VERSION=8'],
      ...['-I', join(library, 'include'), '-I', nodeApiHeaders(), '-I', binding],
      ...[join(binding, 'tfjs_backend.cc'), join(binding, 'tfjs_binding.cc')],
      ...['-L', library, ...LIBRARIES.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN'],
      ...['-o', join(staging, 'tfjs_binding.node')],
    ],
    180_000,
  );
  for (const name of LIBRARIES) await runProgram('mv', [join(library, name), join(staging, name)], 60_000);
  for (const leftover of ['wheel', 'unpacked', 'extract.py'])
    await rm(join(staging, leftover), { recursive: true, force: true });
  return ['tfjs_binding.node', ...LIBRARIES];
}

async function downloadWheel(python: string, folder: string): Promise<string> {
  const pip = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--disable-pip-version-check',
    '--no-cache-dir',
  ];
  const target = ['--python-version', '3.11', '--implementation', 'cp', '--platform', 'manylinux2014_x86_64'];
  const limits = ['--timeout', '20', '--retries', '2', '--dest', folder];
  await runProgram(python, [...pip, ...target, ...limits, `tensorflow-cpu==${VERSIONS.wheelTensorflow}`], 300_000);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new TierUnavailable('pip left no wheel');
  return join(folder, wheel);
}
