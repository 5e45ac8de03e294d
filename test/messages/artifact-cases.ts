import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csv, json, train, trial, type Case } from './case.js';

const predict = ['predict', 'model', '--data', 'log.csv', '--out', 'scores.csv'];
const resume = ['train', 'trial.json', '--out', 'new', '--no-cache', '--resume'];
const checkpoint = (state: string): Record<string, string> => ({ 'new.partial/epoch-1-step-2/state.json': state });

/** The cases on an artifact that `mdctr train` has written to this folder; each gets a copy as `model`. */
export const artifactCases = (trained: string): readonly Case[] => [
  ...noArtifact,
  ...damagedArtifact(trained),
  ...damagedWeights(trained),
  ...rowsToScore,
  ...places,
  ...disks,
];

/** What is no artifact. */
const noArtifact: readonly Case[] = [
  {
    what: 'a folder that is no artifact',
    code: 'MDCTR_ARTIFACT_MISSING',
    args: ['predict', '.', '--data', 'log.csv', '--out', 'scores.csv'],
    says: ['weights.safetensors', 'mdctr train'],
    documented: true,
  },
  {
    what: 'an artifact that is not there',
    code: 'MDCTR_ARTIFACT_MISSING',
    args: ['predict', 'modle', '--data', 'log.csv', '--out', 'scores.csv'],
    says: ['modle'],
  },
];

/** A file of an artifact, changed. */
const changer =
  (trained: string) =>
  (name: string, change: (content: Buffer) => Buffer | string): Record<string, Buffer | string> => ({
    [`model/${name}`]: change(readFileSync(join(trained, name))),
  });

/** Documents of an artifact that are not what they were. */
function damagedArtifact(trained: string): readonly Case[] {
  const changed = changer(trained);
  return [
    {
      what: 'a config that was cut short',
      code: 'MDCTR_ARTIFACT_DAMAGED',
      args: predict,
      files: changed('config.json', (content) => content.subarray(0, 50)),
      says: ['model/config.json'],
    },
    {
      what: 'a vocabulary that was shortened by hand',
      code: 'MDCTR_ARTIFACT_DAMAGED',
      args: predict,
      files: changed('vocabularies.json', (content) => content.toString().replace(/"tab": \[[^\]]*\]/, '"tab": ["a"]')),
      says: ['"tab"'],
      documented: true,
    },
  ];
}

/** Weights that are not what they were, or not what the config needs. */
function damagedWeights(trained: string): readonly Case[] {
  const changed = changer(trained);
  return [
    {
      what: 'weights that were cut short',
      code: 'MDCTR_WEIGHTS_DAMAGED',
      args: predict,
      files: changed('weights.safetensors', (content) => content.subarray(0, content.length - 10)),
      says: ['model/weights.safetensors', 'copy it again'],
      documented: true,
    },
    {
      what: 'empty weights',
      code: 'MDCTR_WEIGHTS_DAMAGED',
      args: predict,
      files: changed('weights.safetensors', () => ''),
      says: ['0 bytes'],
    },
    {
      what: 'an artifact of another version',
      code: 'MDCTR_ARTIFACT_VERSION',
      args: predict,
      files: changed('weights.safetensors', (content) =>
        Buffer.from(content.toString('latin1').replace('"version":"2"', '"version":"9"'), 'latin1'),
      ),
      says: ['version 2', 'version 9'],
      documented: true,
    },
    {
      what: 'weights of another network',
      code: 'MDCTR_ARTIFACT_MISMATCH',
      args: predict,
      files: changed('config.json', (content) =>
        content.toString().replace(/"hiddenUnits": \[\s*4\s*\]/, '"hiddenUnits": [5]'),
      ),
      says: ['dnn/deep/0/kernel', '[4, 4]', '[4, 5]'],
      documented: true,
    },
  ];
}

/** Rows that cannot be scored. */
const rowsToScore: readonly Case[] = [
  {
    what: 'rows to score without a field',
    code: 'MDCTR_DATA_COLUMN',
    args: predict,
    files: { 'log.csv': 'tab,time\na,1\n' },
    says: ['"item"', 'at        ', 'log.csv\n', 'that the model was trained on'],
  },
  {
    what: 'a calibration that is not there',
    code: 'MDCTR_CALIBRATION_MISSING',
    args: [...predict, '--calibrated'],
    without: ['model/calibration.json'],
    says: ['The artifact model', 'training.calibration'],
    documented: true,
  },
  {
    what: 'no rows to score',
    code: 'MDCTR_DATA_EMPTY',
    args: predict,
    files: { 'log.csv': 'tab,item\n' },
    says: ['log.csv'],
  },
];

/** Folders that hold something already. */
const places: readonly Case[] = [
  {
    what: 'an output folder that holds something else',
    code: 'MDCTR_ARTIFACT_OCCUPIED',
    args: ['train', 'trial.json', '--out', '.', '--no-cache'],
    says: ['log.csv', '--out'],
    documented: true,
  },
  {
    what: 'a file for an output folder',
    code: 'MDCTR_ARTIFACT_OCCUPIED',
    args: ['train', 'trial.json', '--out', 'log.csv', '--no-cache'],
    says: ['(a file)'],
  },
  {
    what: 'a training that was broken off before',
    code: 'MDCTR_CHECKPOINT_EXISTS',
    args: ['train', 'trial.json', '--out', 'new', '--no-cache'],
    files: checkpoint('{}'),
    says: ['--resume', 'new.partial'],
    documented: true,
  },
  {
    what: 'a damaged checkpoint',
    code: 'MDCTR_CHECKPOINT_DAMAGED',
    args: resume,
    files: checkpoint('{ "version": 9 }'),
    says: ['new.partial/epoch-1-step-2'],
    documented: true,
  },
  {
    what: 'a checkpoint of other options',
    code: 'MDCTR_CHECKPOINT_MISMATCH',
    args: resume,
    files: checkpoint('{ "version": 4, "identity": { "embedding": { "dim": 8, "initStd": 0.01 } } }'),
    says: ['embedding.dim', '8'],
    documented: true,
  },
];

/** Disks that are full, and places that cannot be written to. */
const disks: readonly Case[] = [
  {
    what: 'a folder for the scores',
    code: 'MDCTR_FILE_EISDIR',
    args: ['predict', 'model', '--data', 'log.csv', '--out', '.'],
    says: ['folder'],
  },
  {
    what: 'a full disk at the end of a training',
    code: 'MDCTR_FILE_ENOSPC',
    args: train.map((word) => (word === 'model' ? 'new' : word)),
    writesFail: 'ENOSPC',
    says: ['Free some space'],
  },
  {
    what: 'a full disk while scores are written',
    code: 'MDCTR_FILE_ENOSPC',
    args: predict,
    writesFail: 'ENOSPC',
    says: ['scores.csv'],
    documented: true,
  },
  {
    what: 'a full disk after a trial of a study',
    code: 'MDCTR_FILE_ENOSPC',
    args: ['bench', 'study.json', '--no-cache', '--out', 'results'],
    files: { 'study.json': json({ ...trial, plugins: undefined, backbone: undefined, backbones: [trial.backbone] }) },
    writesFail: 'ENOSPC',
    says: ['results'],
    leaves: ['results'],
  },
  {
    what: 'a full disk while a config is written',
    code: 'MDCTR_FILE_ENOSPC',
    args: ['data', 'describe', 'log.csv', '--label', 'click', '--domain', 'tab', '--out', 'new.json', '--no-check'],
    files: { 'log.csv': csv() },
    writesFail: 'ENOSPC',
    says: ['new.json'],
  },
  {
    what: 'a place that is not allowed',
    code: 'MDCTR_FILE_EACCES',
    args: ['data', 'recipe', 'open-bandit', '--out', 'study.json'],
    writesFail: 'EACCES',
    says: ['study.json', 'rights'],
    documented: true,
  },
  {
    what: 'a disk that can only be read',
    code: 'MDCTR_FILE_EROFS',
    args: ['data', 'recipe', 'open-bandit', '--out', 'study.json'],
    writesFail: 'EROFS',
    says: ['study.json'],
    documented: true,
  },
  {
    what: 'a file within the path to the output',
    code: 'MDCTR_FILE_EEXIST',
    args: ['predict', 'model', '--data', 'log.csv', '--out', 'trial.json/scores.csv'],
    says: ['trial.json'],
  },
];
