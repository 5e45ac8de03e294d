import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { install, installedManifest, tierDir, touchedSince, verifyInstalled, withLock } from './cache.js';
import { refuseRepetition } from './failures.js';
import { loadNative } from './load-native.js';
import type { Report } from './report.js';
import { setUpCompiled } from './setup-compiled.js';
import { setUpPrebuilt } from './setup-prebuilt.js';
import { TIERS, VERSIONS } from './tiers.js';

/** Loads a tier; one that is there but does not load is thrown away and made anew, once. */
export async function provideAndLoad(tier: 'prebuilt' | 'compiled', cacheDir: string, repair: boolean, report: Report) {
  const load = ({ dir, setupMs }: { dir: string; setupMs: number }) => {
    const began = performance.now();
    return { ...loadNative(dir), path: dir, setupMs, loadMs: performance.now() - began };
  };
  const provided = await provide(tier, cacheDir, repair, report);
  try {
    return load(provided);
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    report.note(`The set-up of TensorFlow does not load (${why}); making it anew.`);
    await rm(tierDir(cacheDir, tier), { recursive: true, force: true });
    return load(await provide(tier, cacheDir, true, report));
  }
}

/** The folder of an installed tier; sets it up if it is missing or damaged. */
async function provide(tier: 'prebuilt' | 'compiled', cacheDir: string, repair: boolean, report: Report) {
  const dir = tierDir(cacheDir, tier);
  const usable = async (): Promise<{ dir: string; setupMs: number } | undefined> => {
    const manifest = installedManifest(dir);
    if (!manifest) return undefined;
    if ((repair || touchedSince(dir, manifest)) && !(await verifyInstalled(dir, manifest))) return undefined;
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
