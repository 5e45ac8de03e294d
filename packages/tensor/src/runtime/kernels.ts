import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeJsonAtomic, firstOf } from '@mdctr/base';
import { readJson } from './cache.js';
import { runProgram } from './command.js';
import { cpuFlags, cpuVendor } from './cpu-flags.js';
import { nodeApiHeaders } from './tfjs-node.js';
import { compilerTools } from './setup-compiled.js';
import type { Report } from './report.js';

const SOURCES = fileURLToPath(new URL('../../native', import.meta.url));
const FRAMEWORK = 'libtensorflow_framework.so.2';

const AVX512 = ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl'];

/** A set of instructions that the kernels are written for. */
export type KernelLevel = 'x86-64-v4+amx' | 'x86-64-v4+bf16' | 'x86-64-v4' | 'x86-64-v3';

interface Level {
  readonly name: KernelLevel;
  readonly flags: readonly string[];
  readonly options: readonly string[];
}

/** Those sets, most first; the CPU flags that tell them; the compiler's words. */
const LEVELS: readonly Level[] = [
  {
    name: 'x86-64-v4+amx',
    flags: [...AVX512, 'avx512_bf16', 'amx_tile', 'amx_bf16'],
    options: ['-march=x86-64-v4', '-mavx512bf16', '-mamx-tile', '-mamx-bf16'],
  },
  { name: 'x86-64-v4+bf16', flags: [...AVX512, 'avx512_bf16'], options: ['-march=x86-64-v4', '-mavx512bf16'] },
  { name: 'x86-64-v4', flags: AVX512, options: ['-march=x86-64-v4'] },
  { name: 'x86-64-v3', flags: ['avx2', 'fma', 'bmi2', 'f16c'], options: ['-march=x86-64-v3'] },
];

/** What the kernels multiply in. */
export type Multiplication = 'float32' | 'bfloat16 pairs' | 'bfloat16 tiles';

/** The fastest arithmetic for that precision; float32 where the CPU multiplies bfloat16 no faster. */
export function multiplicationFor(precision: 'float32' | 'bfloat16', kernels: KernelLevel): Multiplication {
  if (precision === 'float32') return 'float32';
  if (kernels === 'x86-64-v4+amx') return 'bfloat16 tiles';
  // Intel's cores take as long for a pair with AVX512_BF16 as for two single numbers.
  return kernels === 'x86-64-v4+bf16' && cpuVendor() !== 'GenuineIntel' ? 'bfloat16 pairs' : 'float32';
}

/**
 * Our own TensorFlow ops (packages/tensor/native): compiled once for this CPU and this TensorFlow, then loaded. They make
 * some ops faster and nothing depends on them, so whatever is missing, the answer is no and not an error.
 * @returns the instructions they were compiled for, or why they are not there.
 */
export async function loadKernels(
  tierDir: string,
  cacheDir: string,
  { report, repair }: { report: Report; repair: boolean },
): Promise<{ kernels: KernelLevel } | { kernelsMissing: string }> {
  const levels = LEVELS.filter(({ flags }) => flags.every((flag) => cpuFlags().has(flag)));
  if (process.env.MDCTR_KERNELS === 'off') return { kernelsMissing: 'MDCTR_KERNELS=off is set' };
  if (levels.length === 0) return { kernelsMissing: 'the CPU lacks AVX2' };
  if (!existsSync(join(tierDir, FRAMEWORK))) return { kernelsMissing: `no ${FRAMEWORK} in ${tierDir}` };
  let reason = '';
  // An old compiler may not know the newest instructions.
  for (const level of levels) {
    const file = join(cacheDir, 'kernels', `${level.name}-${fingerprint(tierDir)}.node`);
    try {
      if (repair) await rm(file, { force: true });
      if (!existsSync(file)) await compile(tierDir, file, level, { report, repair });
      createRequire(import.meta.url)(file);
      return { kernels: level.name };
    } catch (error) {
      reason ||= firstOf((error as Error).message.split('\n'));
    }
  }
  return { kernelsMissing: reason };
}

/** Another source or another TensorFlow makes another file. */
function fingerprint(tierDir: string): string {
  const hash = createHash('sha256').update(tierDir);
  for (const name of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Compiles into a folder aside and moves the result into place; a failure is not repeated until the tools change. */
async function compile(tierDir: string, file: string, level: Level, how: { report: Report; repair: boolean }) {
  const { compiler } = compilerTools();
  if (!compiler) throw new Error('a C++ compiler (g++ or clang++) is missing');
  const failed = `${file}.failed.json`;
  const known = await readJson<{ compiler: string; reason: string }>(failed);
  if (known?.compiler === compiler && !how.repair) throw new Error(known.reason);
  await mkdir(dirname(file), { recursive: true });
  const staging = await mkdtemp(`${file}.`);
  const began = performance.now();
  how.report.progress(`compiling kernels for ${level.name}`);
  try {
    const built = join(staging, 'kernels.node');
    await runProgram(
      compiler,
      [
        ...[
          '-std=c++17',
          '-shared',
          '-fPIC',
          '-O3',
          '-fno-math-errno',
          '-fno-trapping-math',
          '-pthread',
          ...level.options,
          '-DNAPI_VERSION=8',
        ],
        ...['-I', nodeApiHeaders()],
        ...readdirSync(SOURCES).flatMap((name) => (name.endsWith('.cc') ? [join(SOURCES, name)] : [])),
        ...['-L', tierDir, `-l:${FRAMEWORK}`, `-Wl,-rpath,${tierDir}`, '-o', built],
      ],
      120_000,
    );
    await rename(built, file);
    how.report.note(
      `Compiled kernels for ${level.name} (once on this machine) in ${Math.round((performance.now() - began) / 1000)} s`,
    );
  } catch (error) {
    await writeJsonAtomic(failed, { compiler, reason: (error as Error).message });
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
