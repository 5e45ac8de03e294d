import type { KernelBackend } from '@tensorflow/tfjs-core';
import { MdctrError } from '@mdctr/base';
import { defaultCacheDir } from './cache.js';
import { remedy, remember } from './failures.js';
import { loadKernels, multiplicationFor, type KernelLevel, type Multiplication } from './kernels.js';
import { loadWasm } from './load-wasm.js';
import { provideAndLoad } from './provide.js';
import { consoleReport, type Report } from './report.js';
import { tfjsVersion } from './tfjs-node.js';
import { TIERS, type Tier, type TierFailure } from './tiers.js';

export interface RuntimeOptions {
  readonly report?: Report;
  /** Tiers to try, in order; all by default. The environment variable MDCTR_TIER overrides it with one tier. */
  readonly tiers?: readonly Tier[];
  readonly cacheDir?: string;
  /** If true, verifies every byte of the cache and retries tiers that failed before. */
  readonly repair?: boolean;
  /**
   * Precision of the products in dense layers. With `bfloat16`, they multiply in bfloat16 and sum in float32 if the CPU has
   * instructions for it. All values are stored in float32.
   */
  readonly precision?: 'float32' | 'bfloat16';
}

/** The runtime in use and how it was set up. */
export interface RuntimeInfo {
  readonly tier: Tier;
  readonly backend: string;
  readonly tfjsVersion: string;
  readonly tensorflowVersion?: string;
  /** Folder of the native libraries. */
  readonly path?: string;
  /** Instructions that our own kernels were compiled for, e.g. `x86-64-v4`; undefined where there are none. */
  readonly kernels?: KernelLevel;
  /** What our own kernels multiply in: `precision`, by the instructions that this CPU has for it. */
  readonly multiplies?: Multiplication;
  /** Reason why there are no kernels. */
  readonly kernelsMissing?: string;
  /** Duration of the set-up in milliseconds; 0 if no set-up was needed. */
  readonly setupMs: number;
  /** Duration of loading in this process, in milliseconds. */
  readonly loadMs: number;
  readonly precision: 'float32' | 'bfloat16';
  /** Preferred tiers that could not be set up, with the reasons. */
  readonly failures: readonly TierFailure[];
}

export interface Runtime {
  readonly info: RuntimeInfo;
  readonly backend: KernelBackend;
  /** Whether any TensorFlow op can be called by name. */
  readonly native: boolean;
}

let current: Runtime | undefined;
let pending: Promise<RuntimeInfo> | undefined;

/**
 * The running runtime.
 * @throws MdctrError MDCTR_RUNTIME_NOT_READY before `ensureRuntime` has finished.
 */
export function runtime(): Runtime {
  if (current) return current;
  throw new MdctrError('MDCTR_RUNTIME_NOT_READY', {
    what: 'A tensor was asked for before TensorFlow was set up.',
    hint: 'Call `await ensureRuntime()` first.',
  });
}

/**
 * Loads TensorFlow, and sets it up if the cache does not have it. The tiers are tried in order; the last one needs only
 * the installed packages. Further calls return the runtime that is loaded.
 */
export function ensureRuntime(options: RuntimeOptions = {}): Promise<RuntimeInfo> {
  pending ??= start(options).catch((error: unknown) => {
    pending = undefined;
    throw error;
  });
  return pending;
}

async function start(options: RuntimeOptions): Promise<RuntimeInfo> {
  const report = options.report ?? consoleReport();
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  const precision = options.precision ?? 'float32';
  const failures: TierFailure[] = [];
  for (const tier of wantedTiers(options)) {
    const began = performance.now();
    const common = { tier, tfjsVersion: tfjsVersion(), precision, failures };
    if (tier === 'wasm') {
      if (failures.length > 0) warnSlow(report, failures);
      const { backend } = await loadWasm();
      const info: RuntimeInfo = { ...common, backend: 'wasm', setupMs: 0, loadMs: performance.now() - began };
      current = { info, backend, native: false };
      return info;
    }
    try {
      const { backend, ...facts } = await provideAndLoad(tier, cacheDir, options.repair ?? false, report);
      const kernels = await loadKernels(facts.path, cacheDir, { report, repair: options.repair ?? false });
      // Without kernels oneDNN is left to do it, which looks at this when it first multiplies.
      if (precision === 'bfloat16' && !('kernels' in kernels)) process.env.ONEDNN_DEFAULT_FPMATH_MODE ??= 'BF16';
      const multiplies = 'kernels' in kernels && { multiplies: multiplicationFor(precision, kernels.kernels) };
      const info: RuntimeInfo = { ...common, backend: 'tensorflow', ...facts, ...kernels, ...multiplies };
      current = { info, backend, native: true };
      return info;
    } catch (error) {
      failures.push(await remember(tier, cacheDir, error as Error));
    }
  }
  throw new MdctrError('MDCTR_RUNTIME_UNAVAILABLE', {
    what: 'None of the wanted ways to run TensorFlow works here.',
    found: failures.map(({ tier, reason }) => `${tier}: ${reason}`).join('; '),
    hint: 'Unset MDCTR_TIER to allow the slower wasm backend.',
  });
}

function wantedTiers({ tiers = TIERS }: RuntimeOptions): readonly Tier[] {
  const forced = process.env.MDCTR_TIER;
  if (!forced) return tiers;
  const tier = TIERS.find((name) => name === forced);
  if (tier) return [tier];
  throw new MdctrError('MDCTR_TIER_UNKNOWN', {
    what: 'The environment variable MDCTR_TIER names no tier.',
    expected: TIERS.join(', '),
    found: forced,
    hint: 'Unset it: the best tier is found by itself.',
  });
}

function warnSlow(report: Report, failures: readonly TierFailure[]): void {
  const reasons = failures.map(({ tier, reason }) => `    ${tier}: ${reason}`).join('\n');
  report.note(
    `Warning: no native TensorFlow here; the wasm backend is used, about 45 times slower in training.\n${reasons}\n` +
      `  To mend it: ${remedy(failures)}`,
  );
}
