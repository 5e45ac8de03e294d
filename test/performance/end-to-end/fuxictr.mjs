import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columns } from './write-log.mjs';

const peers = fileURLToPath(new URL('../peers/', import.meta.url));

/**
 * FuxiCTR's pipeline on the log, by its two config files (JSON is YAML); settings are those of its model zoo's DNN_default
 * but sizes, batch, rate and epochs. `dataBlockSize`: rows of a Parquet file, 0 for one file, its default.
 */
export function fuxictr(folder, log, { batchSize, learningRate, python, dataBlockSize }) {
  const config = join(folder, 'fuxictr');
  const data = join(config, 'data');
  mkdirSync(config, { recursive: true });
  const [label, ...fields] = columns;
  const dataset = {
    data_root: data,
    data_format: 'csv',
    train_data: log.train,
    valid_data: log.validation,
    min_categr_count: 1,
    data_block_size: dataBlockSize,
    feature_cols: [{ name: fields, active: true, dtype: 'str', type: 'categorical' }],
    label_col: { name: label, dtype: 'float' },
  };
  const base = { model_root: join(config, 'checkpoints'), num_workers: 3, verbose: 0, early_stop_patience: 2 };
  const model = {
    dataset_id: 'log',
    metrics: ['AUC'],
    monitor: 'AUC',
    monitor_mode: 'max',
    batch_size: batchSize,
    learning_rate: learningRate,
    epochs: 1,
    shuffle: true,
    seed: 1,
  };
  writeFileSync(join(config, 'dataset_config.yaml'), JSON.stringify({ log: dataset }, null, 2));
  writeFileSync(join(config, 'model_config.yaml'), JSON.stringify({ Base: base, dnn: model }, null, 2));
  return {
    name: 'FuxiCTR',
    program: python,
    args: ['-B', '-m', 'theirs.fuxi_pipeline', config],
    cwd: peers,
    aucOf: (line) => (line.startsWith('{"validationAuc"') ? JSON.parse(line).validationAuc : undefined),
    outputs: [data, join(config, 'checkpoints')],
  };
}
