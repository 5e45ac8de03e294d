import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../packages/cli/dist/bin.js', import.meta.url));

/** `mdctr train` on the log: CSV to an artifact, nothing cached. */
export function ours(folder, log, { batchSize, learningRate }) {
  const config = join(folder, 'trial.json');
  const out = join(folder, 'artifact');
  const trial = {
    name: 'end to end',
    data: {
      source: { kind: 'files', files: [log.train] },
      label: 'click',
      domain: 'domain',
      split: { by: 'file', validation: [log.validation] },
    },
    embedding: { dim: 16 },
    backbone: { name: 'dnn', hiddenUnits: [512, 256, 128] },
    training: { epochs: 1, batchSize, optimizer: { kind: 'adam', learningRate } },
  };
  writeFileSync(config, JSON.stringify(trial, null, 2));
  return {
    name: 'mdctr',
    program: process.execPath,
    args: [bin, 'train', config, '--no-cache', '--json', '--out', out],
    cwd: folder,
    aucOf: (line) => (JSON.parse(line).event === 'epoch' ? JSON.parse(line).validation.metrics.auc : undefined),
    /** Of the model, bytes. */
    weights: () => statSync(join(out, 'weights.safetensors')).size,
    outputs: [out],
  };
}
