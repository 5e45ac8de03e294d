import { rows, withData, type Case } from './case.js';

export const log = (text: string | Buffer): Case['files'] & object => ({ 'log.csv': text });
export const head = 'tab,item,time,click\n';
export const good = `${rows.join('\n')}\n`;
export const files = (...names: string[]): object => ({ source: { kind: 'files', files: names } });
export const join = (more: object): string =>
  withData({ source: { kind: 'files', files: ['log.csv'], joins: [{ files: ['items.csv'], key: 'item', ...more }] } });
export const items = (...lines: string[]): string => ['item,brand', ...lines, ''].join('\n');
