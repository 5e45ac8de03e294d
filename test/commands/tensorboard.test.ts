import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requiredTool } from '../support/required-tool.js';
import { describe, expect, it } from 'vitest';
import { eventsOf, mdctr, temporaryFolder } from '../support/command.js';

/** A Python with TensorBoard: MDCTR_PYTHON, or the one on the path. */
const python = process.env.MDCTR_PYTHON ?? 'python3';
const found = spawnSync(python, ['-c', 'import tensorboard']).status === 0;
const hasTensorBoard = requiredTool('TensorBoard', found || undefined) !== undefined;

const folder = temporaryFolder();
const trial = join(folder, 'trial.json');
writeFileSync(
  trial,
  JSON.stringify({
    name: 'Events',
    data: { source: { kind: 'synthetic', rows: 2000, domains: 3 } },
    embedding: { dim: 4 },
    backbone: { name: 'dnn', hiddenUnits: [8] },
    training: { epochs: 2, patience: 2, batchSize: 100, schedule: { kind: 'linear', warmupSteps: 0 } },
  }),
);
const board = join(folder, 'board');
const run = eventsOf(mdctr(['train', trial, '--out', join(folder, 'model'), '--tensorboard', board, '--json']).stdout);
const native = (run[0]!['environment'] as { tier: string }).tier !== 'wasm';

describe('train --tensorboard', () => {
  it.runIf(native)('writes an event file with the curves', () => {
    const [name, ...others] = readdirSync(board);
    expect(others).toEqual([]);
    expect(name).toMatch(/^events\.out\.tfevents\./);
    const text = readFileSync(join(board, name!), 'latin1');
    for (const tag of ['train/loss', 'train/learning_rate', 'validation/auc']) expect(text).toContain(tag);
  });

  it('warns, and trains, where TensorFlow is not native', () => {
    const [out, none] = [join(folder, 'wasm'), join(folder, 'none')];
    const env = { MDCTR_TIER: 'wasm' };
    const { code, stderr } = mdctr(['train', trial, '--out', out, '--tensorboard', none], { env });
    expect([code, existsSync(none)]).toEqual([0, false]);
    expect(stderr).toContain('Warning: --tensorboard writes nothing');
  });

  it.skipIf(!native || !hasTensorBoard)('is read by TensorBoard with the very numbers', () => {
    const script = fileURLToPath(new URL('./tensorboard/read_events.py', import.meta.url));
    const { status, stdout, stderr } = spawnSync(python, [script, board], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const curves = JSON.parse(stdout) as Record<string, [step: number, value: number][]>;
    const epochs = run.filter(({ event }) => event === 'epoch');
    expect(epochs).toHaveLength(2);
    const steps = epochs.map((_, i) => 16 * (i + 1));
    expect(curves['train/loss']!.map(([step]) => step)).toEqual([1, 11, 21, 31]);
    expect(curves['train/learning_rate']!.map(([, rate]) => rate)).toEqual(
      [0, 10, 20, 30].map((done) => expect.closeTo(0.001 * (1 - done / 32), 8) as number),
    );
    expect(curves['train/epoch_loss']).toEqual(
      epochs.map(({ loss }, i) => [steps[i], expect.closeTo(loss as number, 5) as number]),
    );
    for (const metric of ['auc', 'domainAuc', 'logLoss', 'ece', 'pcoc']) {
      const wanted = epochs.map(
        ({ validation }) => (validation as { metrics: Record<string, number> }).metrics[metric]!,
      );
      expect(curves[`validation/${metric}`]).toEqual(
        wanted.map((value, i) => [steps[i], expect.closeTo(value, 5) as number]),
      );
    }
  });
});
