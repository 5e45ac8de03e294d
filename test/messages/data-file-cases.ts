import { gzipSync } from 'node:zlib';
import { csv, train, withData, type Case } from './case.js';
import { files, log, head, join } from './data-files.js';

const items = (...lines: string[]): string => ['item,brand', ...lines, ''].join('\n');

export const dataFileCases: readonly Case[] = [
  {
    what: 'a config without files',
    code: 'MDCTR_DATA_FILES',
    args: train,
    files: { 'trial.json': withData(files()) },
    says: ['--data'],
    documented: true,
  },
  {
    what: 'a file that is not there',
    code: 'MDCTR_DATA_MISSING',
    args: [...train, '--data', 'lok.csv'],
    says: ['Did you mean log.csv?'],
    documented: true,
  },
  {
    what: 'a folder without the files',
    code: 'MDCTR_DATA_MISSING',
    args: [...train, '--data', '.'],
    files: { 'trial.json': withData(files('logs/1.csv')) },
    says: ['logs/1.csv', 'at        trial.json:'],
  },
  {
    what: 'a folder for a file',
    code: 'MDCTR_DATA_MISSING',
    args: [...train, '--set', 'data.source.files=["."]'],
    says: ['is a folder', '*.csv'],
  },
  {
    what: 'an empty file',
    code: 'MDCTR_DATA_EMPTY',
    args: train,
    files: log(''),
    says: ['log.csv'],
    documented: true,
  },
  {
    what: 'a line with a cell too many',
    code: 'MDCTR_DATA_CSV',
    args: train,
    files: log(csv('a,3,500,1,9')),
    says: ['log.csv:122', '4 cells', '5 cells'],
    documented: true,
  },
  {
    what: 'two encodings in one file',
    code: 'MDCTR_DATA_ENCODING',
    args: train,
    files: log(Buffer.concat([Buffer.from(`${head}é,1,0,1\n`), Buffer.from('\xe9,2,1,0\n', 'latin1')])),
    says: ['log.csv:3', 'put together from several'],
  },
  {
    what: 'Latin-1',
    code: 'MDCTR_DATA_ENCODING',
    args: train,
    files: log(Buffer.from(`${head}a,1,0,1\n\xe9,2,1,0\n`, 'latin1')),
    says: ['log.csv:3', 'iconv'],
    documented: true,
  },
  {
    what: 'CSV under the name of Parquet',
    code: 'MDCTR_DATA_FORMAT',
    args: [...train, '--data', 'log.parquet'],
    files: { 'log.parquet': csv() },
    says: ['log.parquet', 'data.source.format'],
    documented: true,
  },
  {
    what: 'a file of random bytes',
    code: 'MDCTR_DATA_ENCODING',
    args: train,
    files: log(Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i * 31 + 7 * i) % 256))),
    says: ['log.csv:1'],
  },
  {
    what: 'a .gz file that is cut short',
    code: 'MDCTR_DATA_FORMAT',
    args: [...train, '--data', 'log.csv.gz'],
    files: { 'log.csv.gz': gzipSync(csv()).subarray(0, 200) },
    says: ['log.csv.gz'],
  },
  {
    what: 'a file in two splits',
    code: 'MDCTR_DATA_SPLIT',
    args: [...train, '--set', 'data.split={"by":"file","test":["log.csv"]}'],
    says: ['log.csv is in two splits'],
  },
  {
    what: 'a copy of the training file for test',
    code: 'MDCTR_DATA_SPLIT',
    args: [...train, '--set', 'data.split={"by":"file","test":["copy.csv"]}'],
    files: { 'copy.csv': csv() },
    says: ['log.csv and copy.csv', 'of the same content', 'training and test'],
  },
  {
    what: 'a side table with a key twice',
    code: 'MDCTR_DATA_JOIN',
    args: train,
    files: { 'trial.json': join({}), 'items.csv': items('1,x', '2,y', '1,z') },
    says: ['items.csv:4', 'items.csv:2'],
    documented: true,
  },
  {
    what: 'a side table that is not there',
    code: 'MDCTR_DATA_MISSING',
    args: train,
    files: { 'trial.json': join({}) },
    says: ['items.csv', 'at        trial.json:'],
  },
  {
    what: 'a side table without the key',
    code: 'MDCTR_DATA_COLUMN',
    args: train,
    files: { 'trial.json': join({ key: 'itm' }), 'items.csv': items('1,x') },
    says: ['key of a join'],
  },
];
