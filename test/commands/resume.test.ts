import { Random } from '@mdctr/base';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bin, mdctr, mdctrJson, runInHost, temporaryFolder, type Outcome } from '../support/command.js';

const folder = temporaryFolder();
// Not tuned, so that the command is one process, which a signal ends at once.
const env = { GLIBC_TUNABLES: '' };
const random = new Random(20).fork('kill');

/** A config whose training takes a while and is saved all the time. */
function config(name: string, plugins: readonly unknown[], more: object = {}): string {
  const file = join(folder, `${name}.json`);
  const content = {
    name,
    data: { source: { kind: 'synthetic', rows: 1500, domains: 4 }, minFrequency: 2 },
    embedding: { dim: 4 },
    backbone: { name: 'dcnv2', hiddenUnits: [16, 8], crossLayers: 1, dropout: 0.1, batchNorm: true },
    plugins,
    training: {
      epochs: 3,
      patience: 3,
      batchSize: 32,
      checkpoint: { everySeconds: 0.02 },
      schedule: { kind: 'cosine', warmupSteps: 40 },
      regularization: { embedding: { weightDecay: 0.1 } },
      domainSampling: { kind: 'temperature' },
      ...more,
    },
  };
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Checkpoints, seen from outside, that a training writes before it is killed: at most this many, in about 30 in all. */
const MOST = 8;

/** Starts a training and ends it by SIGKILL, some milliseconds after one of its checkpoints; the code is null if it was killed. */
async function killed(args: readonly string[], partial: string): Promise<Outcome> {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...env } });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let [last, written] = [checkpoints(partial).join(), 0];
  const wanted = 1 + Math.floor(MOST * random.uniform());
  const delay = 30 * random.uniform(); // within the next step, or the next checkpoint
  let ended = false;
  void code.then(() => (ended = true));
  while (!ended && written < wanted) {
    await sleep(5);
    const now = checkpoints(partial).join();
    if (now !== last) [last, written] = [now, written + 1];
  }
  await sleep(delay);
  child.kill('SIGKILL');
  return { code: await code, stdout: '', stderr };
}

const checkpoints = (partial: string): string[] =>
  existsSync(partial) ? readdirSync(partial).filter((name) => name.startsWith('epoch-')) : [];

/** metrics.json without what depends on the clock. */
function figures(artifact: string): unknown {
  const metrics = JSON.parse(readFileSync(join(artifact, 'metrics.json'), 'utf8')) as Record<string, unknown>;
  return { ...metrics, seconds: undefined, stepMs: undefined };
}

describe('a training that is killed again and again, and resumed', () => {
  // Each; more by MDCTR_KILLS, where there is time.
  const kills = Number(process.env.MDCTR_KILLS ?? 2);
  it.each([
    ['adasparse', ['adasparse']],
    ['star', ['star']],
    ['maml', [{ name: 'maml', evaluation: { steps: 2 } }]],
  ] as const)('writes the same bytes as one that ran through: %s', async (name, plugins) => {
    const trial = config(name, plugins);
    const whole = join(folder, `${name}-whole`);
    mdctrJson(['train', trial, '--out', whole], { env });
    const out = join(folder, `${name}-killed`);
    const partial = `${out}.partial`;
    const places: string[] = [];
    for (let i = 0; i < kills; i++) {
      const { code, stderr } = await killed(['train', trial, '--out', out, '--resume'], partial);
      if (code === 0) break; // faster than the signal
      expect(code, stderr).toBeNull();
      places.push(...checkpoints(partial).slice(-1));
    }
    expect(places.some((place) => /step-[1-9]/.test(place))).toBe(true); // within an epoch
    if (places.length === kills) {
      const { code, stderr } = mdctr(['train', trial, '--out', out, '--resume'], { env });
      expect([code, stderr]).toEqual([0, expect.stringContaining('going on after step')]);
    }
    const weights = (artifact: string): Buffer => readFileSync(join(artifact, 'weights.safetensors'));
    expect(weights(out).equals(weights(whole))).toBe(true);
    expect(figures(out)).toEqual(figures(whole));
    expect(existsSync(partial)).toBe(false);
  });
});

describe('a checkpoint', () => {
  it('is not lost by a training anew, and not taken for one of another config or other data', async () => {
    const trial = config('guarded', []);
    const out = join(folder, 'guarded');
    await killed(['train', trial, '--out', out], `${out}.partial`);
    const run = (...more: string[]): Promise<Outcome> => runInHost(['train', trial, '--out', out, ...more]);
    const anew = await run();
    expect([anew.code, anew.stderr]).toEqual([1, expect.stringContaining('MDCTR_CHECKPOINT_EXISTS')]);
    const other = await run('--resume', '--set', 'training.optimizer={"kind":"adam","learningRate":0.5}');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('MDCTR_CHECKPOINT_MISMATCH')]);
    expect(other.stderr).toContain('training.optimizer.learningRate differs');
    const otherData = await run('--resume', '--set', 'data.source.seed=9');
    expect(otherData.stderr).toContain('data differs');
    const { stdout } = await runInHost(['doctor', '--json']);
    const { runtime } = JSON.parse(stdout) as { runtime: { kernels?: string } };
    if (runtime.kernels) {
      const without = mdctr(['train', trial, '--out', out, '--resume'], { env: { ...env, MDCTR_KERNELS: 'off' } });
      expect(without.stderr).toContain('kernels differs');
    }
    // The kill may have come while an older one was being removed.
    const files = checkpoints(`${out}.partial`).map((place) => join(`${out}.partial`, place, 'model.safetensors'));
    for (const file of files.filter(existsSync)) writeFileSync(file, readFileSync(file).subarray(0, 100));
    const damaged = await run('--resume');
    expect([damaged.code, damaged.stderr]).toEqual([1, expect.stringContaining('MDCTR_CHECKPOINT_DAMAGED')]);
  });
});
