import { json, trial, type Case } from './case.js';

const profile = ['profile', 'trial.json', '--no-cache'];

export const profileCases: readonly Case[] = [
  {
    what: 'a profile of a study',
    code: 'MDCTR_CONFIG_KIND',
    args: profile,
    files: {
      'trial.json': json({ name: 'Study', data: trial.data, backbones: ['dnn'], methods: [{ label: 'plain' }] }),
    },
    says: ['a study, not a trial', 'one of its backbones'],
  },
  {
    what: 'a profile of no steps',
    code: '',
    args: [...profile, '--steps', '0'],
    says: ["--steps <n>' argument '0' is invalid", 'a whole number from 1'],
    exit: 2,
  },
  {
    what: 'a profile with a word for a number',
    code: '',
    args: [...profile, '--top', 'ten'],
    says: ["argument 'ten' is invalid"],
    exit: 2,
  },
  {
    what: 'a profile of data that are not there',
    code: 'MDCTR_DATA_MISSING',
    args: [...profile, '--data', 'lok.csv'],
    says: ['Did you mean log.csv?'],
  },
  {
    what: 'a profile of a plugin that is not there',
    code: 'MDCTR_CONFIG_UNKNOWN_NAME',
    args: [...profile, '--set', 'plugins=["adaspars"]'],
    says: ['Did you mean "adasparse"?'],
  },
  {
    what: 'a profile of a training that diverges',
    code: 'MDCTR_TRAINING_DIVERGED',
    args: profile,
    files: {
      'trial.json': json({ ...trial, training: { ...trial.training, optimizer: { kind: 'sgd', learningRate: 1e30 } } }),
    },
    says: ['learningRate'],
  },
];
