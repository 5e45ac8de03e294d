import { hostname } from 'node:os';
import { json, trial, type Case } from './case.js';

const study = (training: object = {}, more: object = {}): string =>
  json({
    name: 'Study',
    data: trial.data,
    embedding: trial.embedding,
    backbones: [trial.backbone],
    methods: [{ label: 'plain' }],
    training: { ...trial.training, ...training },
    ...more,
  });
const bench = ['bench', 'study.json', '--no-cache', '--out', 'results'];
const lock = (more: object): string => json({ version: 2, createdAt: '', identity: {}, ...more });

const searched = (choices: Readonly<Record<string, readonly unknown[]>>): object => ({
  kind: 'random',
  trials: 4,
  space: Object.fromEntries(Object.entries(choices).map(([path, values]) => [path, { values }])),
});

/** Mistakes of which the folder is left as it was. */
export const studyCases: readonly Case[] = [
  {
    what: 'a folder with results of another study',
    code: 'MDCTR_STUDY_MISMATCH',
    args: bench,
    files: { 'study.json': study(), 'results/study.lock.json': lock({ identity: { backbones: [{ name: 'dcnv2' }] } }) },
    says: ['--out', '--fresh', 'backbones[0].name'],
    documented: true,
  },
  {
    what: 'a plan of another study than the folder has',
    code: 'MDCTR_STUDY_MISMATCH',
    args: [...bench, '--plan'],
    files: { 'study.json': study(), 'results/study.lock.json': lock({ identity: { seeds: [7] } }) },
    says: ['seeds'],
  },
  {
    what: 'a folder whose lock is damaged',
    code: 'MDCTR_STUDY_DAMAGED',
    args: bench,
    files: { 'study.json': study(), 'results/study.lock.json': lock({ version: 9 }) },
    says: ['study.lock.json', '--fresh'],
    documented: true,
  },
  {
    what: 'a folder that a study runs in',
    code: 'MDCTR_STUDY_RUNNING',
    args: bench,
    files: {
      'study.json': study(),
      'results/running.json': json({ host: hostname(), pid: 1, workers: [] }),
    },
    says: ['process 1', 'running.json'],
    documented: true,
  },
  {
    what: 'a study of which a trial diverges',
    code: 'MDCTR_STUDY_INCOMPLETE',
    args: [...bench, '--json'],
    files: { 'study.json': study({ optimizer: { kind: 'sgd', learningRate: 1e30 } }) },
    says: ['--retry-failed', 'dnn + plain, seed 1'],
    exit: 4,
    leaves: [
      'results',
      ...['report.html', 'results.json', 'study.lock.json', 'table.md', 'table.tex', 'trials'].map(
        (name) => `results/${name}`,
      ),
      ...['dnn', 'dnn/plain', 'dnn/plain/seed-1', 'dnn/plain/seed-1/failure.json'].map(
        (name) => `results/trials/${name}`,
      ),
    ],
    documented: true,
  },
  {
    what: 'a budget of a method that is not there',
    code: 'MDCTR_BUDGET_METHOD',
    args: bench,
    files: { 'study.json': study({}, { budget: { same: 'flops', as: 'plane' } }) },
    says: ['plane', 'study.json:', 'plain'],
    documented: true,
  },
  {
    what: 'a search over the network that a budget sizes',
    code: 'MDCTR_BUDGET_SEARCHED',
    args: bench,
    files: {
      'study.json': study({}, { budget: { same: 'flops' }, search: searched({ 'backbone.hiddenUnits': [[8], [16]] }) }),
    },
    says: ['search.space["backbone.hiddenUnits"]'],
    documented: true,
  },
  {
    what: 'a value of a search that the option does not take',
    code: 'MDCTR_SEARCH_VALUE',
    args: bench,
    files: { 'study.json': study({}, { search: searched({ 'training.optimizer.learningRate': [0.01, -1] }) }) },
    says: ['training.optimizer.learningRate', 'study.json:'],
    documented: true,
  },
  {
    what: 'a search by a metric that the data have no groups for',
    code: 'MDCTR_CONFIG_VALUE',
    args: bench,
    files: {
      'study.json': study(
        {},
        { search: { ...searched({ 'training.optimizer.learningRate': [0.01, 0.1] }), metric: 'gauc' } },
      ),
    },
    says: ['search.metric', 'data.gaucBy', '"domainAuc"'],
  },
  {
    what: 'a search without validation rows',
    code: 'MDCTR_SEARCH_NO_VALIDATION',
    args: bench,
    files: {
      'study.json': study(
        {},
        {
          data: { ...trial.data, split: { by: 'seed', validation: 0, test: 0.2 } },
          search: searched({ 'training.optimizer.learningRate': [0.01, 0.1] }),
        },
      ),
    },
    says: ['data.split.validation'],
    documented: true,
  },
  {
    what: 'an analysis against a method that is not there',
    code: 'MDCTR_ANALYSIS_METHOD',
    args: bench,
    files: { 'study.json': study({}, { analyses: { ownNetwork: 'plan' } }) },
    says: ['Did you mean "plain"?'],
    documented: true,
  },
  ...['--parallel', '--threads', '--trial-minutes', '--trial-memory'].map((flag) => ({
    what: `${flag} 0`,
    code: '',
    args: [...bench, flag, '0'],
    says: [flag, "argument '0' is invalid"],
    exit: 2,
  })),
];
