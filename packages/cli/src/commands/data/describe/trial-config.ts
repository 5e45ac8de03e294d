import { firstOf, MdctrError } from '@mdctr/base';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Description } from '@mdctr/data';
import type { Draft } from '@mdctr/study';

/** About so often an epoch the validation rows are scored, */
const EVALUATIONS = 2;
/** but not more often than after so many steps. */
const LEAST_STEPS = 20;
const BATCH = 1024;
/** A bound, not a plan: training ends when the validation rows say so. */
const MOST_EPOCHS = 40;

/**
 * A trial that runs as it is: the proposed data on a small network, trained until the validation rows say that it is
 * enough.
 * @throws MdctrError MDCTR_DATA_DESCRIBE without a label or a domain.
 */
export function trialConfig({ data, label, rows }: Description, files: readonly string[]): Draft {
  if (!data) {
    throw new MdctrError('MDCTR_DATA_DESCRIBE', {
      what:
        label === undefined ? 'No column looks like the outcome of an impression.' : 'No column looks like a domain.',
      expected: label === undefined ? 'a column of 0 and 1' : 'a column of a few values that part the traffic',
      hint: label === undefined ? 'Name it with --label.' : 'Name it with --domain.',
    });
  }
  const steps = Math.ceil((0.8 * rows) / BATCH);
  const evaluateEvery = Math.max(LEAST_STEPS, Math.ceil(steps / EVALUATIONS));
  return {
    name: basename(firstOf(files)).replace(/\.[^.]+(\.gz)?$/i, ''),
    data: {
      ...data,
      source: { ...(data['source'] as object), files: files.map((file) => resolve(file)) },
    } as unknown as Draft['data'],
    embedding: { dim: 16 },
    backbone: { name: 'dnn', hiddenUnits: [128, 64] },
    plugins: [],
    training: {
      ...{ epochs: MOST_EPOCHS, batchSize: BATCH, patience: evaluateEvery < steps ? 1 + EVALUATIONS : 2 },
      ...(evaluateEvery < steps && { evaluateEvery }),
    },
    seed: 1,
  };
}

/** The config with its files as the user named them, from the folder that it is written to. */
export function withPaths(config: Draft, files: readonly string[], out: string): Draft {
  const folder = dirname(resolve(out));
  const paths = files.map((file) => (isAbsolute(file) ? file : portable(relative(folder, resolve(file)))));
  return { ...config, data: { ...config.data, source: { ...(config.data['source'] as object), files: paths } } };
}

const portable = (path: string): string => path.replaceAll('\\', '/');
