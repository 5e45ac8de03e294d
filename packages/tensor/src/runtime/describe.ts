import { availableParallelism, cpus, totalmem } from 'node:os';
import { cpuFlags } from './cpu-flags.js';
import { remedy } from './failures.js';
import { multiplicationFor } from './kernels.js';
import type { RuntimeInfo } from './runtime.js';

/** @internal What matters for speed on this machine, with advice where something can be bettered. */
export interface MachineDescription {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly threads: number;
  readonly memoryGiB: number;
  /** CPU instructions that oneDNN can use; empty where the system does not say. */
  readonly features: readonly string[];
  /** Whether glibc's allocator keeps large blocks, which makes ops with large outputs up to ten times faster. */
  readonly allocatorTuned: boolean | undefined;
  readonly advice: readonly string[];
}

const INTERESTING = ['avx2', 'avx512f', 'avx512_bf16', 'avx512_vnni', 'amx_tile', 'amx_bf16', 'amx_int8'];

/** @internal */
export function describeMachine(info: RuntimeInfo): MachineDescription {
  const features = INTERESTING.filter((name) => cpuFlags().has(name));
  const allocatorTuned =
    process.platform === 'linux' ? (process.env.GLIBC_TUNABLES ?? '').includes('malloc') : undefined;
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    threads: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    features,
    allocatorTuned,
    advice: adviceFor(info, features, allocatorTuned),
  };
}

function adviceFor(info: RuntimeInfo, features: readonly string[], allocatorTuned: boolean | undefined): string[] {
  const advice: string[] = [];
  if (info.tier === 'wasm') {
    const reasons = info.failures.map(({ tier, reason }) => `${tier}: ${reason}`).join('; ');
    advice.push(
      `Training is about 45 times slower than with native TensorFlow. ${reasons || 'MDCTR_TIER=wasm is set'}.`,
    );
    advice.push(`To mend it: ${remedy(info.failures)}`);
  }
  if (info.kernels && info.precision === 'float32' && multiplicationFor('bfloat16', info.kernels) !== 'float32') {
    advice.push(
      'This CPU multiplies bfloat16 faster: `"training": {"precision": "bfloat16"}` trades some precision for speed.',
    );
  }
  if (info.precision === 'bfloat16' && info.multiplies === 'float32') {
    advice.push('This CPU multiplies bfloat16 no faster, so float32 is used for it.');
  }
  if (info.tier !== 'wasm' && !info.kernels) {
    advice.push(`Some ops take TensorFlow's slower form: our own kernels are not there (${info.kernelsMissing}).`);
  }
  if (allocatorTuned === false && info.tier !== 'wasm') {
    advice.push('Start through the `mdctr` command: it sets GLIBC_TUNABLES so that large tensors reuse their memory.');
  }
  return advice;
}
