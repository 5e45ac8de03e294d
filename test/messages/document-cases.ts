import { train, type Case } from './case.js';

export const documentCases: readonly Case[] = [
  {
    what: 'a config that is not there',
    code: 'MDCTR_CONFIG_UNREADABLE',
    args: ['train', 'trail.json', '--out', 'model'],
    says: ['Did you mean trial.json?'],
    documented: true,
  },
  {
    what: 'a folder for a config',
    code: 'MDCTR_CONFIG_UNREADABLE',
    args: ['train', '.', '--out', 'model'],
    says: ['folder'],
  },
  {
    what: 'JSON with a comma too few',
    code: 'MDCTR_CONFIG_SYNTAX',
    args: train,
    files: { 'trial.json': '{\n  "name": "Trial"\n  "data": {}\n}\n' },
    says: ['trial.json:3:3'],
    documented: true,
  },
  {
    what: 'YAML with a tab',
    code: 'MDCTR_CONFIG_SYNTAX',
    args: ['train', 'trial.yaml', '--out', 'model'],
    files: { 'trial.yaml': 'name: Trial\ndata:\n\tlabel: click\n' },
    says: ['trial.yaml:3'],
  },
  {
    what: 'an empty config',
    code: 'MDCTR_CONFIG_SYNTAX',
    args: train,
    files: { 'trial.json': '' },
    says: ['empty'],
  },
  {
    what: 'a binary file for a config',
    code: 'MDCTR_CONFIG_SYNTAX',
    args: ['train', 'model.bin', '--out', 'model'],
    files: { 'model.bin': Buffer.from([0, 255, 254, 1, 10, 7, 0]) },
    says: ['model.bin:1:1', 'A config is JSON or YAML'],
  },
  {
    what: 'a CSV file for a config',
    code: 'MDCTR_CONFIG_SYNTAX',
    args: ['train', 'log.csv', '--out', 'model'],
    says: ['log.csv:1:1'],
  },
  {
    what: 'configs that extend one another',
    code: 'MDCTR_CONFIG_EXTENDS',
    args: train,
    files: { 'trial.json': '{ "extends": "base.json" }', 'base.json': '{\n  "extends": "trial.json"\n}' },
    says: ['base.json:2:14', 'trial.json -> base.json -> trial.json'],
    documented: true,
  },
];
