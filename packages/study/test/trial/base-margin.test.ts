import { Dnn } from '@mdctr/backbones';
import { Random } from '@mdctr/base';
import { loadData } from '@mdctr/data';
import { loadArtifact, type SplitScores } from '@mdctr/training';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTrial, rehearse, restoreModel, runTrial, saveTrained, scoreFiles } from '../../src/index.js';
import { builtinRegistry } from '../../../../test/support/registry.js';
import '../../../../test/support/small-models.js'; // sets TensorFlow up

const folder = mkdtempSync(join(tmpdir(), 'mdctr-'));
const log = join(folder, 'log.csv');
const random = new Random(2);
const lines = Array.from({ length: 1500 }, () => {
  const user = Math.floor(random.uniform() * 80);
  return `t${user % 3},u${user},${random.uniform() < (user % 9) / 10 ? 1 : 0}`;
});
writeFileSync(log, `tab,user,click\n${lines.join('\n')}\n`);

const units = [Dnn, builtinRegistry().get('plugin', 'per-domain').cls];
const open = (user: unknown) => {
  const data = { source: { kind: 'files', files: [log] }, label: 'click', domain: 'tab', fields: ['tab', user] };
  const training = { epochs: 1, batchSize: 100, negativeSampling: 0.5, baseMargin: { kind: 'targetMeans' } };
  const backbone = { name: 'dnn', hiddenUnits: [6] };
  return openTrial({ name: 'margin', data, backbone, plugins: ['per-domain'], training }, { builtins: [], units });
};

it('a base margin is in the artifact, and needs nothing else to score files', async () => {
  const opened = await open({ name: 'user', encoding: [{ kind: 'vocabulary' }, { kind: 'targetMean' }] });
  const { config, registry } = opened;
  const data = await loadData(config.data, { files: [log] });
  let test!: SplitScores;
  const finished = await runTrial(config, { registry, data }, { onScores: (_, scores) => (test = scores) });
  expect(finished.training.evaluations[0]!.step).toBe(0);
  const directory = join(folder, 'model');
  await saveTrained(directory, opened, finished, data.featureMap, {});
  finished.assembled.dispose();
  const artifact = await loadArtifact(directory);
  expect(artifact.weights.get('margin/weights')!.values[0]).toBeGreaterThan(0.3);

  const restored = await restoreModel(artifact, [], units);
  const scores = await scoreFiles(restored, [log]); // of test rows: others have another mean in training
  test.order.forEach((row, i) => expect(scores[row]).toBeCloseTo(test.scores[i]!, 6));
  expect(new Set(test.scores).size).toBeGreaterThan(20);
  restored.assembled.dispose();
});

it('a base margin without target means is refused before the first trial', async () => {
  const { config, registry } = await open('user');
  const data = await loadData(config.data, { files: [log] });
  expect(() => rehearse([{ ...config, setting: 0 }], registry, [data.schema])).toThrow(
    expect.objectContaining({
      code: 'MDCTR_CONFIG_VALUE',
      details: expect.objectContaining({ path: 'training.baseMargin.kind' }) as object,
    }),
  );
});
