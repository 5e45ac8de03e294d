import { train, type Case } from './case.js';

export const usageCases: readonly Case[] = [
  {
    what: 'an unknown command',
    code: '',
    args: ['trian'],
    exit: 2,
    says: ['train'],
  },
  {
    what: 'an unknown flag',
    code: '',
    args: ['train', 'trial.json', '--ouput', 'model'],
    exit: 2,
    says: ['--out'],
  },
  {
    what: 'a flag that is needed',
    code: '',
    args: ['train', 'trial.json'],
    exit: 2,
    says: ['--out', 'npx mdctr train --help', 'npx mdctr train trial.json --out model'],
  },
  {
    what: 'a flag that is an option of the config',
    code: '',
    args: ['bench', 'study.json', '--batch-size', '8'],
    exit: 2,
    says: ['npx mdctr bench --help', '--set training.batchSize=VALUE'],
  },
  {
    what: 'an override without its section',
    code: 'MDCTR_CONFIG_UNKNOWN_KEY',
    args: [...train, '--set', 'epochs=2'],
    says: ['--set epochs=2', 'Did you mean "training.epochs"?'],
  },
];
