import { json, trial, type Case } from './case.js';
import { study } from './config-files.js';

export const studyConfigCases: readonly Case[] = [
  {
    what: 'a study with a label twice',
    code: 'MDCTR_STUDY_LABELS',
    args: ['bench', 'study.json', '--no-cache'],
    files: { 'study.json': json({ ...study, methods: [{ label: 'plain' }, { label: 'plain' }] }) },
    says: ['"plain"', 'study.json:'],
    documented: true,
  },
  {
    what: 'a setting whose option has the wrong type, at its place',
    code: 'MDCTR_CONFIG_TYPE',
    args: ['bench', 'study.json', '--no-cache'],
    files: { 'study.json': json({ ...study, settings: [{ label: 'a', training: { epochs: 'two' } }] }) },
    says: ['training.epochs', 'study.json:'],
  },
  {
    what: 'a setting of another precision',
    code: 'MDCTR_STUDY_SETTINGS',
    args: ['bench', 'study.json', '--no-cache'],
    files: { 'study.json': json({ ...study, settings: [{ label: 'a', training: { precision: 'bfloat16' } }] }) },
    says: ['settings[0].training.precision', 'study.json:'],
    documented: true,
  },
  {
    what: 'a data set that the study does not name',
    code: 'MDCTR_CONFIG_DATASET',
    args: ['bench', 'study.json', '--dataset', 'kuairnd'],
    files: { 'study.json': json({ ...study, datasets: { kuairand: 'kuairand.json' } }) },
    says: ['kuairnd', 'kuairand'],
    documented: true,
  },
  {
    what: 'a study with nothing to evaluate on',
    code: 'MDCTR_STUDY_NO_EVALUATION',
    args: ['bench', 'study.json', '--no-cache'],
    files: { 'study.json': json({ ...study, data: { ...trial.data, split: { by: 'seed', validation: 0, test: 0 } } }) },
    says: ['data.split.validation'],
    documented: true,
  },
];
