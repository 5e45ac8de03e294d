import type { Layout } from '../recipes/layouts/layout.js';

/** A way to go wrong, and what the command says of it. */
export interface Case {
  /** What is wrong, in words. */
  readonly what: string;
  /** The code that the message begins with; '' for one of commander's own. */
  readonly code: string;
  readonly args: readonly string[];
  /** Files beside those of `common`. */
  readonly files?: Layout;
  /** Files of `common` that are taken away. */
  readonly without?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Parts of the message: the place, what was found, what to do. */
  readonly says: readonly string[];
  /** 1 by default. */
  readonly exit?: number;
  /** Names that the command may leave in the folder. */
  readonly leaves?: readonly string[];
  /** Name of an error that every write of a file ends with. */
  readonly writesFail?: string;
  /** It names folders of installed packages. */
  readonly namesFolders?: true;
  /** The message stands in docs/reference/errors.md, as it is. */
  readonly documented?: true;
}

const data = {
  source: { kind: 'files', files: ['log.csv'] },
  label: 'click',
  domain: 'tab',
  split: { by: 'time', column: 'time' },
};

export const trial = {
  name: 'Trial',
  data,
  embedding: { dim: 2 },
  backbone: { name: 'dnn', hiddenUnits: [4] },
  plugins: [] as unknown[],
  training: { epochs: 1, batchSize: 32 },
};

/** Text of a config file. */
export const json = (config: unknown): string => `${JSON.stringify(config, null, 2)}\n`;

/** The trial with another data section, laid over the usual one. */
export const withData = (more: object): string => json({ ...trial, data: { ...data, ...more } });

/** 120 rows: tab, item, time, click. */
export const rows = Array.from({ length: 120 }, (_, i) => `${'ab'[i % 2]},${i % 7},${i},${i % 3 === 0 ? 1 : 0}`);
export const csv = (...more: string[]): string => ['tab,item,time,click', ...rows, ...more, ''].join('\n');

export const common: Layout = { 'trial.json': json(trial), 'log.csv': csv() };

export const train = ['train', 'trial.json', '--out', 'model', '--no-cache'];
