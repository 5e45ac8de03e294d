import type { Layout } from '../recipes/layouts/layout.js';
import type { Case } from './case.js';

const model = `Base:
    verbose: 1
DNN_shop:
    model: DNN
    dataset_id: shop
    batch_size: 64
DNN_small:
    model: DeepFM
    dataset_id: shop
DNN_template:
    model: DNN
    dataset_id: TBD
`;
const dataset = `shop:
    data_format: csv
    train_data: ./log.csv
    feature_cols:
        - {name: [tab, item], active: True, dtype: str, type: categorical}
        - {name: price, active: True, dtype: float, type: numeric}
    label_col: {name: click, dtype: float}
shop_h5:
    data_format: h5
    train_data: ./train.h5
`;
const files: Layout = { 'config/model_config.yaml': model, 'config/dataset_config.yaml': dataset };

const convert = (...more: string[]): Pick<Case, 'args' | 'files'> => ({
  args: ['convert', 'fuxictr', 'config', ...more],
  files,
});
const shop = (...more: string[]): Pick<Case, 'args' | 'files'> => convert('--experiment', 'DNN_shop', ...more);
const withModel = (text: string, ...more: string[]): Pick<Case, 'args' | 'files'> => ({
  ...shop('--domain', 'tab', ...more),
  files: { ...files, 'config/model_config.yaml': text },
});

export const convertCases: readonly Case[] = [
  {
    what: 'a folder without config files',
    code: 'MDCTR_CONVERT_FILE',
    args: ['convert', 'fuxictr', '.'],
    files,
    says: ['model_config.yaml', 'Did you mean config?'],
    documented: true,
  },
  {
    what: 'a folder that is not there',
    code: 'MDCTR_CONVERT_FILE',
    args: ['convert', 'fuxictr', 'confgi'],
    files,
    says: ['Did you mean config?'],
  },
  {
    what: 'a key that stands twice',
    code: 'MDCTR_CONVERT_SYNTAX',
    ...withModel(model.replace('    batch_size: 64\n', '    batch_size: 64\n    batch_size: 32\n')),
    says: ['config/model_config.yaml:7'],
    documented: true,
  },
  {
    what: 'a file that is no tuner',
    code: 'MDCTR_CONVERT_TUNER',
    args: ['convert', 'fuxictr', 'config/model_config.yaml'],
    files,
    says: ['tuner_space', '--experiment'],
    documented: true,
  },
  {
    what: 'an experiment that is not there',
    code: 'MDCTR_CONVERT_EXPERIMENT',
    ...convert('--experiment', 'DNN_shpo'),
    says: ['one of DNN_shop, DNN_small, DNN_template', 'Did you mean "DNN_shop"?'],
    documented: true,
  },
  {
    what: 'several experiments, and none named',
    code: 'MDCTR_CONVERT_EXPERIMENT',
    ...convert(),
    says: ['several', 'one of DNN_shop', '--experiment DNN_shop'],
  },
  {
    what: 'a template without a data set',
    code: 'MDCTR_CONVERT_DATASET',
    ...convert('--experiment', 'DNN_template', '--domain', 'tab'),
    says: ['"TBD"', 'model_config.yaml:12', 'one of shop, shop_h5', '--dataset shop'],
    documented: true,
  },
  {
    what: 'data that were encoded before',
    code: 'MDCTR_CONVERT_FORMAT',
    ...shop('--dataset', 'shop_h5', '--domain', 'tab'),
    says: ['dataset_config.yaml:9', 'csv or parquet'],
    documented: true,
  },
  {
    what: 'a model without a counterpart',
    code: 'MDCTR_CONVERT_MODEL',
    ...convert('--experiment', 'DNN_small', '--domain', 'tab'),
    says: ['DeepFM', 'model_config.yaml:8', 'mdctr new backbone'],
    documented: true,
  },
  {
    what: 'no domain',
    code: 'MDCTR_CONVERT_DOMAIN',
    ...shop(),
    says: ['--domain FIELD', 'tab, item'],
    documented: true,
  },
  {
    what: 'a number as the domain',
    code: 'MDCTR_CONVERT_DOMAIN',
    ...shop('--domain', 'price'),
    says: ['price is a list or a number'],
  },
  {
    what: 'a value that is no number',
    code: 'MDCTR_CONVERT_VALUE',
    ...withModel(model.replace('batch_size: 64', 'batch_size: many')),
    says: ['batch_size', 'model_config.yaml:6', '"many"'],
    documented: true,
  },
  {
    what: 'a disk that is full',
    code: 'MDCTR_FILE_ENOSPC',
    ...shop('--domain', 'tab', '--out', 'new.json'),
    writesFail: 'ENOSPC',
    says: ['disk is full', 'new.json'],
  },
];
