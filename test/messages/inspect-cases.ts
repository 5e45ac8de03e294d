import { json, trial, type Case } from './case.js';

const study = json({
  name: 'Study',
  data: trial.data,
  backbones: [{ name: 'dnn', hiddenUnits: [4] }],
  methods: [{ label: 'plain' }, { label: 'sparse', plugins: ['adasparse'] }],
});
const inspect = (...more: string[]): Pick<Case, 'args' | 'files'> => {
  return { args: ['inspect', 'study.json', '--no-cache', ...more], files: { 'study.json': study } };
};

export const inspectCases: readonly Case[] = [
  {
    what: 'a method that the study does not have',
    code: 'MDCTR_INSPECT_MODEL',
    ...inspect('--method', 'sparce'),
    says: ['study.json:', 'one of plain, sparse', 'Did you mean "sparse"?'],
    documented: true,
  },
  {
    what: 'a study of several methods, and none named',
    code: 'MDCTR_INSPECT_MODEL',
    ...inspect(),
    says: ['several methods', '--method plain'],
  },
  {
    what: 'a setting of a study without settings',
    code: 'MDCTR_INSPECT_MODEL',
    ...inspect('--setting', 'cold'),
    says: ['has no settings', '--setting cold'],
  },
  {
    what: 'a method of a trial',
    code: 'MDCTR_INSPECT_MODEL',
    args: ['inspect', 'trial.json', '--no-cache', '--method', 'plain'],
    says: ['A trial is one model', 'Leave --method out'],
  },
  {
    what: 'a format that there is not',
    code: '',
    args: ['inspect', 'trial.json', '--format', 'svg'],
    says: ['Allowed choices are tree, mermaid, json'],
    exit: 2,
  },
];
