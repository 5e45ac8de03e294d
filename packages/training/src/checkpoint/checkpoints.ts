import { MdctrError, removeAtExit, firstOf } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openMixedSafetensors, openSafetensors, writeSafetensors } from '@mdctr/tensor';
import { firstDifference } from './first-difference.js';
import { SNAPSHOT_FILE, type Snapshot } from './snapshot.js';
import type { TrainingState } from './training-state.js';

/** Version of the layout; a checkpoint of another is not read. */
const VERSION = 4;

const FILES = {
  model: 'model.safetensors',
  optimizer: 'optimizer.safetensors',
  best: 'best.safetensors',
  average: 'average.safetensors',
  manifest: 'state.json',
} as const;

/** What must be the same for a training to go on: options, data, how TensorFlow runs. Plain JSON. */
export type TrainingIdentity = Readonly<Record<string, unknown>>;

interface Manifest extends Pick<TrainingState, 'progress' | 'streams' | 'optimizer'> {
  readonly version: number;
  readonly identity: TrainingIdentity;
  /** Of averaged weights: the steps before the first that counts. */
  readonly averageStart?: number | undefined;
}

const whole = /^epoch-(\d+)-step-(\d+)$/;

/**
 * The checkpoints of one training, in a folder beside the artifact (`DIR.partial`). Each is written to a folder of its
 * own that gets its name when it is complete; then the older ones go.
 */
export class Checkpoints {
  readonly directory: string;

  /** `artifact` is the folder that the finished training will be written to. */
  constructor(artifact: string) {
    this.directory = `${resolve(artifact)}.partial`;
  }

  /** Makes `state` the newest checkpoint. */
  async write(state: TrainingState, identity: TrainingIdentity): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const older = await readdir(this.directory);
    const staging = await mkdtemp(join(this.directory, '.writing-'));
    const release = removeAtExit(staging);
    try {
      await writeSafetensors(join(staging, FILES.model), state.model);
      await writeSafetensors(join(staging, FILES.optimizer), state.optimizerArrays);
      if (state.best) await writeSnapshot(join(staging, FILES.best), state.best);
      const { progress, streams, optimizer, average } = state;
      if (average) await writeSafetensors(join(staging, FILES.average), average.arrays);
      const averageStart = average?.start;
      const manifest: Manifest = { version: VERSION, identity, progress, streams, optimizer, averageStart };
      await writeFile(join(staging, FILES.manifest), `${JSON.stringify(manifest)}\n`, { flush: true });
      const name = nameOf(state);
      await rm(join(this.directory, name), { recursive: true, force: true });
      await rename(staging, join(this.directory, name));
      for (const old of older.filter((entry) => entry !== name && isOurs(entry)))
        await rm(join(this.directory, old), { recursive: true, force: true });
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      await rmdir(this.directory).catch(() => undefined); // if there is no older one in it
      throw error;
    } finally {
      release();
    }
  }

  /**
   * The newest checkpoint, its arrays being read from its files when they are asked for; undefined where there is none.
   * @throws MdctrError MDCTR_CHECKPOINT_MISMATCH if it is of other options or other data, MDCTR_CHECKPOINT_DAMAGED.
   */
  async read(identity: TrainingIdentity): Promise<TrainingState | undefined> {
    const [newest] = await this.list();
    if (newest === undefined) return undefined;
    const folder = join(this.directory, newest);
    let manifest: Manifest;
    try {
      manifest = JSON.parse(await readFile(join(folder, FILES.manifest), 'utf8')) as Manifest;
      if (manifest.version !== VERSION) throw new Error(`layout ${manifest.version}, not ${VERSION}`);
    } catch (cause) {
      throw this.damaged(folder, cause);
    }
    this.refuseOther(manifest.identity, identity);
    try {
      const { progress, streams, optimizer, averageStart: start } = manifest;
      const best = join(folder, FILES.best);
      return {
        progress,
        streams,
        optimizer,
        model: await openSafetensors(join(folder, FILES.model)),
        optimizerArrays: await openMixedSafetensors(join(folder, FILES.optimizer)),
        best: existsSync(best) ? { arrays: await openSafetensors(best), file: best } : undefined,
        average:
          start === undefined ? undefined : { start, arrays: await openMixedSafetensors(join(folder, FILES.average)) },
      };
    } catch (cause) {
      throw this.damaged(folder, cause);
    }
  }

  /** @throws MdctrError MDCTR_CHECKPOINT_EXISTS if a training that was broken off would be lost. */
  async refuseLoss(): Promise<void> {
    if ((await this.list()).length === 0) return;
    throw new MdctrError('MDCTR_CHECKPOINT_EXISTS', {
      what: 'A training into this folder was broken off, and its checkpoint is still there.',
      found: this.directory,
      hint: 'Go on with --resume, or delete that folder to begin anew.',
    });
  }

  /** Takes everything away: the training is complete, or is not to be gone on with. */
  async remove(): Promise<void> {
    for (const entry of await this.entries()) {
      if (isOurs(entry) || entry.startsWith(SNAPSHOT_FILE))
        await rm(join(this.directory, entry), { recursive: true, force: true });
    }
    if (existsSync(this.directory) && (await this.entries()).length === 0)
      await rm(this.directory, { recursive: true, force: true });
  }

  /** Names of the complete ones, newest first. */
  private async list(): Promise<string[]> {
    const names = (await this.entries()).filter((name) => whole.test(name));
    return names.sort((a, b) => compare(b, a));
  }

  private async entries(): Promise<string[]> {
    return existsSync(this.directory) ? await readdir(this.directory) : [];
  }

  private refuseOther(began: TrainingIdentity, now: TrainingIdentity): void {
    const difference = firstDifference(began, now);
    if (!difference) return;
    throw new MdctrError('MDCTR_CHECKPOINT_MISMATCH', {
      what: `The checkpoint is of another training: ${difference.path} differs.`,
      expected: `${difference.before}, as when the training began`,
      found: difference.now,
      hint: `Resume with the config and data that it began with, or delete ${this.directory} to begin anew.`,
    });
  }

  private damaged(folder: string, cause: unknown): MdctrError {
    return new MdctrError('MDCTR_CHECKPOINT_DAMAGED', {
      what: `${folder} cannot be read as a checkpoint.`,
      found: firstOf((cause as Error).message.split('\n')),
      hint: `Delete ${this.directory} and train anew.`,
      cause,
    });
  }
}

/** A file that is there already is linked: it is never changed, only replaced by another. */
async function writeSnapshot(file: string, { arrays, file: source }: Snapshot): Promise<void> {
  if (source === undefined) return writeSafetensors(file, arrays);
  await link(source, file).catch(() => copyFile(source, file)); // not every file system has links
}

function nameOf({ progress: { epoch, stepsInEpoch } }: TrainingState): string {
  return `epoch-${epoch}-step-${stepsInEpoch}`;
}

const isOurs = (name: string): boolean => whole.test(name) || name.startsWith('.writing-');

function compare(a: string, b: string): number {
  const [, epochA, stepA] = whole.exec(a)!;
  const [, epochB, stepB] = whole.exec(b)!;
  return Number(epochA) - Number(epochB) || Number(stepA) - Number(stepB);
}
