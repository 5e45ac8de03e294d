import { json, train, trial, type Case } from './case.js';

export const dataSourceCases: readonly Case[] = [
  {
    what: 'synthetic data without end',
    code: 'MDCTR_DATA_SYNTHETIC',
    args: [...train, '--set', 'data={"source":{"kind":"synthetic","domains":1000,"fields":[1000000,1000000]}}'],
    says: ['data.source.domains'],
    documented: true,
  },
  {
    what: 'describe of a file without an outcome',
    code: 'MDCTR_DATA_DESCRIBE',
    args: ['data', 'describe', 'plain.csv', '--out', 'new.json'],
    files: { 'plain.csv': `a,b\n${'x,1\ny,2\n'.repeat(30)}` },
    says: ['--label'],
    documented: true,
  },
  {
    what: 'describe of a format that there is not',
    code: '',
    args: ['data', 'describe', 'log.csv', '--format', 'svg'],
    says: ["argument 'svg' is invalid", 'Allowed choices are csv, tsv, parquet, jsonl'],
    exit: 2,
  },
  {
    what: 'describe over a file that is there',
    code: 'MDCTR_DATA_DESCRIBE',
    args: ['data', 'describe', 'log.csv', '--out', 'trial.json'],
    says: ['is there already'],
  },
  {
    what: 'a training that diverges',
    code: 'MDCTR_TRAINING_DIVERGED',
    args: train,
    files: {
      'trial.json': json({
        ...trial,
        training: { ...trial.training, epochs: 9, optimizer: { kind: 'sgd', learningRate: 1e30 } },
      }),
    },
    says: ['step'],
    documented: true,
  },
  {
    what: 'an unknown data set',
    code: 'MDCTR_DATASET_UNKNOWN',
    args: ['data', 'get', 'kuairand'],
    says: ['Did you mean "kuairand-'],
    documented: true,
  },
  {
    what: 'a data set that needs an account',
    code: 'MDCTR_DATASET_BY_HAND',
    args: ['data', 'get', 'ijcai18'],
    says: ['--from'],
    documented: true,
  },
  {
    what: 'a folder that lacks a data set',
    code: 'MDCTR_DATASET_FILES',
    args: ['data', 'get', 'kuairand-pure', '--from', '.', '--out', '.'],
    says: ['KuaiRand-Pure/data/log_standard', 'and 2 more'],
    documented: true,
  },
  {
    what: 'a misspelt option of synthetic rows',
    code: 'MDCTR_CONFIG_UNKNOWN_KEY',
    args: ['data', 'synthetic', '--set', 'row=500', '--out', 'rows.csv'],
    says: ['--set row=500', 'Did you mean "rows"?'],
  },
  {
    what: 'an ending that says no format',
    code: 'MDCTR_DATA_FORMAT',
    args: ['data', 'synthetic', '--out', 'rows.xls'],
    says: ['.parquet'],
  },
  {
    what: 'a config whose source is not synthetic',
    code: 'MDCTR_CONFIG_VALUE',
    args: ['data', 'synthetic', '--config', 'trial.json', '--out', 'rows.csv'],
    says: ['trial.json:5:15', '"files"'],
  },
];
