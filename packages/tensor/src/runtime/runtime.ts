import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { TensorError } from '../errors.js';
import {
  defaultCacheDir,
  install,
  installedManifest,
  readJson,
  tierDir,
  verifyInstalled,
  withLock,
  writeJson,
} from './cache.js';
import { loadNative } from './load-native.js';
import { loadWasm } from './load-wasm.js';
import { consoleReport, type Report } from './report.js';
import { compilerTools, setUpCompiled } from './setup-compiled.js';
import { setUpPrebuilt } from './setup-prebuilt.js';
import { tfjsVersion } from './tfjs-node.js';
import { TIERS, TierUnavailable, VERSIONS, type Tier, type TierFailure } from './tiers.js';

export interface RuntimeOptions {
  readonly report?: Report;
  /** Tiers to try, in order; all by default. The environment variable MDCTR_TIER (one tier's name) overrules it. */
  readonly tiers?: readonly Tier[];
  readonly cacheDir?: string;
  /** Check every byte of the cache, and try again what failed before. */
  readonly repair?: boolean;
  /**
   * `float32`, or `bfloat16`: oneDNN multiplies in bfloat16 (storage stays float32), faster where the CPU has
   * instructions for it.
   */
  readonly precision?: 'float32' | 'bfloat16';
}

/** What runs, and how it came to be. */
export interface RuntimeInfo {
  readonly tier: Tier;
  readonly backend: string;
  readonly tfjsVersion: string;
  readonly tensorflowVersion?: string;
  /** Folder of the native libraries. */
  readonly path?: string;
  /** Milliseconds that the set-up took when it was made; 0 where there was none. */
  readonly setupMs: number;
  /** Milliseconds to load in this process. */
  readonly loadMs: number;
  readonly precision: 'float32' | 'bfloat16';
  /** Better tiers that could not be set up, with the reasons. */
  readonly failures: readonly TierFailure[];
}

export interface Runtime {
  readonly info: RuntimeInfo;
  readonly backend: KernelBackend;
  /** Whether any TensorFlow op can be called by name. */
  readonly native: boolean;
}

const RETRY_AFTER_MS = 7 * 24 * 3600_000;
let current: Runtime | undefined;
let pending: Promise<RuntimeInfo> | undefined;

/**
 * The running runtime.
 * @throws TensorError MDCTR_RUNTIME_NOT_READY before `ensureRuntime` has finished.
 */
export function runtime(): Runtime {
  if (current) return current;
  throw new TensorError('MDCTR_RUNTIME_NOT_READY', {
    what: 'A tensor was asked for before TensorFlow was set up.',
    hint: 'Call `await ensureRuntime()` first.',
  });
}

/**
 * Sets TensorFlow up (once; later starts find it in the cache) and loads it. Tries the tiers in order; the last one
 * needs nothing but the installed packages. Calls after the first return what runs already.
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
  if (precision === 'bfloat16') process.env.ONEDNN_DEFAULT_FPMATH_MODE ??= 'BF16';
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
      const { dir, setupMs } = await provide(tier, cacheDir, options.repair ?? false, report);
      const loading = performance.now();
      const { backend, tensorflowVersion } = loadNative(dir);
      const loadMs = performance.now() - loading;
      const info: RuntimeInfo = { ...common, backend: 'tensorflow', tensorflowVersion, path: dir, setupMs, loadMs };
      current = { info, backend, native: true };
      return info;
    } catch (error) {
      failures.push(await remember(tier, cacheDir, error as Error));
    }
  }
  throw new TensorError('MDCTR_RUNTIME_UNAVAILABLE', {
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
  throw new TensorError('MDCTR_TIER_UNKNOWN', {
    what: 'The environment variable MDCTR_TIER names no tier.',
    expected: TIERS.join(', '),
    found: forced,
  });
}

/** The folder of an installed tier; sets it up if it is missing or damaged. */
async function provide(tier: 'prebuilt' | 'compiled', cacheDir: string, repair: boolean, report: Report) {
  const dir = tierDir(cacheDir, tier);
  const usable = async (): Promise<{ dir: string; setupMs: number } | undefined> => {
    const manifest = installedManifest(dir);
    if (!manifest || (repair && !(await verifyInstalled(dir, manifest)))) return undefined;
    return { dir, setupMs: manifest.setupMs };
  };
  const ready = await usable();
  if (ready) return ready;
  await refuseRepetition(tier, cacheDir, repair);
  const waiting = (): void => report.progress('waiting for another process that sets TensorFlow up');
  return withLock(cacheDir, waiting, async () => {
    const meanwhile = await usable();
    if (meanwhile) return meanwhile;
    report.note(`Setting up TensorFlow (once on this machine), tier ${TIERS.indexOf(tier) + 1}: ${tier}`);
    const began = performance.now();
    await mkdir(dirname(dir), { recursive: true });
    const staging = await mkdtemp(`${dir}.`);
    try {
      const names = tier === 'prebuilt' ? await setUpPrebuilt(staging, report) : await setUpCompiled(staging, report);
      const setupMs = Math.round(performance.now() - began);
      const tensorflowVersion = tier === 'prebuilt' ? VERSIONS.prebuiltTensorflow : VERSIONS.wheelTensorflow;
      await install(staging, dir, { tier, tensorflowVersion, setupMs }, names);
      report.note(`  done in ${(setupMs / 1000).toFixed(0)} s`);
      return { dir, setupMs };
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      report.note(`  not possible: ${(error as Error).message}`);
      throw error;
    }
  });
}

const failureFile = (cacheDir: string, tier: Tier): string => join(cacheDir, `failed-${tier}.json`);

const toolsPresent = (): string => Object.keys(compilerTools()).join(' ');

/** A tier that failed lately is not tried again at every start, unless the machine has changed. */
async function refuseRepetition(tier: Tier, cacheDir: string, repair: boolean): Promise<void> {
  const failure = await readJson<TierFailure>(failureFile(cacheDir, tier));
  if (!failure || repair) return;
  const old = Date.now() - Date.parse(failure.at) > RETRY_AFTER_MS;
  if (!old && failure.tools === toolsPresent()) throw new KnownFailure(failure);
}

class KnownFailure extends TierUnavailable {
  constructor(readonly failure: TierFailure) {
    super(failure.reason);
  }
}

async function remember(tier: Tier, cacheDir: string, error: Error): Promise<TierFailure> {
  if (error instanceof KnownFailure) return error.failure;
  const failure = { tier, reason: error.message, at: new Date().toISOString(), tools: toolsPresent() };
  // A cache that cannot be written costs the next start a new try, nothing else. A set-up that is there but does not
  // load (a library of the system is missing, say) is thrown away, so that the next try makes it anew.
  if (!(error instanceof TierUnavailable))
    await rm(tierDir(cacheDir, tier), { recursive: true, force: true }).catch(() => undefined);
  await mkdir(cacheDir, { recursive: true })
    .then(() => writeJson(failureFile(cacheDir, tier), failure))
    .catch(() => undefined);
  return failure;
}

function warnSlow(report: Report, failures: readonly TierFailure[]): void {
  const reasons = failures.map(({ tier, reason }) => `    ${tier}: ${reason}`).join('\n');
  report.note(
    'Warning: no native TensorFlow here; the wasm backend is used, about 45 times slower in training.\n' +
      `${reasons}\n` +
      '  To mend it: install Python 3 with pip and g++, then run `mdctr doctor --repair`.',
  );
}
