import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson, writeJson } from './cache.js';
import { runProgram } from './command.js';
import { cpuFlags } from './cpu-flags.js';
import { nodeApiHeaders } from './tfjs-node.js';
import { compilerTools } from './setup-compiled.js';
import type { Report } from './report.js';

const SOURCES = fileURLToPath(new URL('../../native', import.meta.url));
const FRAMEWORK = 'libtensorflow_framework.so.2';

/** Sets of instructions that the kernels are written for, widest first, and the CPU flags that tell them. */
const LEVELS = [
  { name: 'x86-64-v4', flags: ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl'] },
  { name: 'x86-64-v3', flags: ['avx2', 'fma', 'bmi2', 'f16c'] },
] as const;

/**
 * Our own TensorFlow ops (packages/tensor/native): compiled once for this CPU and this TensorFlow, then loaded. They make
 * some ops faster and nothing depends on them, so whatever is missing, the answer is no and not an error.
 * @returns the instructions they were compiled for, or why they are not there.
 */
export async function loadKernels(
  tierDir: string,
  cacheDir: string,
  { report, repair }: { report: Report; repair: boolean },
): Promise<{ kernels: string } | { kernelsMissing: string }> {
  const level = LEVELS.find(({ flags }) => flags.every((flag) => cpuFlags().has(flag)));
  if (process.env.MDCTR_KERNELS === 'off') return { kernelsMissing: 'MDCTR_KERNELS=off is set' };
  if (!level) return { kernelsMissing: 'the CPU lacks AVX2' };
  if (!existsSync(join(tierDir, FRAMEWORK))) return { kernelsMissing: `no ${FRAMEWORK} in ${tierDir}` };
  const file = join(cacheDir, 'kernels', `${level.name}-${fingerprint(tierDir)}.node`);
  try {
    if (repair) await rm(file, { force: true });
    if (!existsSync(file)) await compile(tierDir, file, level.name, { report, repair });
    createRequire(import.meta.url)(file);
    return { kernels: level.name };
  } catch (error) {
    return { kernelsMissing: (error as Error).message.split('\n')[0]! };
  }
}

/** Another source or another TensorFlow makes another file. */
function fingerprint(tierDir: string): string {
  const hash = createHash('sha256').update(tierDir);
  for (const name of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Compiles into a folder aside and moves the result into place; a failure is not repeated until the tools change. */
async function compile(tierDir: string, file: string, level: string, how: { report: Report; repair: boolean }) {
  const { compiler } = compilerTools();
  if (!compiler) throw new Error('a C++ compiler (g++ or clang++) is missing');
  const failed = `${file}.failed.json`;
  const known = await readJson<{ compiler: string; reason: string }>(failed);
  if (known?.compiler === compiler && !how.repair) throw new Error(known.reason);
  await mkdir(dirname(file), { recursive: true });
  const staging = await mkdtemp(`${file}.`);
  const began = performance.now();
  how.report.progress(`compiling kernels for ${level}`);
  try {
    const built = join(staging, 'kernels.node');
    await runProgram(
      compiler,
      [
        ...['-std=c++17', '-shared', '-fPIC', '-O3', '-pthread', `-march=${level}`, '-DNAPI_VERSION=8'],
        ...['-I', nodeApiHeaders()],
        ...readdirSync(SOURCES).flatMap((name) => (name.endsWith('.cc') ? [join(SOURCES, name)] : [])),
        ...['-L', tierDir, `-l:${FRAMEWORK}`, `-Wl,-rpath,${tierDir}`, '-o', built],
      ],
      120_000,
    );
    await rename(built, file);
    how.report.note(
      `Compiled kernels for ${level} (once on this machine) in ${Math.round((performance.now() - began) / 1000)} s`,
    );
  } catch (error) {
    await writeJson(failed, { compiler, reason: (error as Error).message });
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
