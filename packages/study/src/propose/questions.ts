import { hasTargetMeans, withEncodings, withSmoothing, type Draft, type DraftColumn } from './draft.js';

/** One way to answer a question. */
export interface Answer {
  readonly words: string;
  change(draft: Draft): Draft;
}

/** What a proposal leaves to be tried out. The first answer leaves the draft as it is. */
export interface Question {
  readonly about: string;
  readonly answers: readonly [Answer, ...Answer[]];
}

const asItIs = (words: string): Answer => ({ words, change: (draft) => draft });

/** From so many values on, a column's target means are tried. */
const MANY_VALUES = 20;

/** The questions that a data set poses, in the order in which they are answered. */
export function questionsOf(draft: Draft, columns: readonly DraftColumn[], plugins: readonly string[]): Question[] {
  return [...idsAndNorm(draft, columns), smoothing, ...numbers(columns), margin, rate, averaging, ...methods(plugins)];
}

const vocabulary = { kind: 'vocabulary' };
const targetMean = { kind: 'targetMean' };

const batchNorm = (draft: Draft): Draft => ({ ...draft, backbone: { ...draft.backbone, batchNorm: true } });

/**
 * Ids with many values, their target means by value and by domain, or both; each with and without batch norm, since which encoding is
 * best depends on it.
 */
function idsAndNorm(draft: Draft, columns: readonly DraftColumn[]): Question[] {
  const encodings = idEncodings(draft, columns);
  const withNorm = encodings.map(({ words, change }) => ({
    words: `${words}, batch norm`,
    change: (of: Draft) => batchNorm(change(of)),
  }));
  const about = encodings.length > 1 ? 'ids of many values, norm' : 'norm';
  return [{ about, answers: [...encodings, ...withNorm] }];
}

/** The ways to encode ids with many values; one where there are none. */
function idEncodings({ data }: Draft, columns: readonly DraftColumn[]): [Answer, ...Answer[]] {
  const domain = [data.domain].flat();
  const many = columns.filter(
    ({ use, kind, distinct }) => use === 'field' && kind !== 'numeric' && distinct >= MANY_VALUES,
  );
  if (many.length === 0) return [asItIs('no norm')];
  const timed = data.split.by === 'time' ? { time: data.split.column } : {};
  const withMeans = (mean: object, ids: boolean) => (draft: Draft) =>
    withEncodings(
      draft,
      new Map<string, unknown>([
        ...many.map(({ name }) => [name, [...(ids ? [vocabulary] : []), mean, { ...mean, by: domain }]] as const),
        ...domain.map((name) => [name, [vocabulary, mean]] as const),
      ]),
    );
  return [
    asItIs('ids'),
    { words: 'ids and target means', change: withMeans(targetMean, true) },
    ...(data.split.by === 'time'
      ? [{ words: 'ids and target means of earlier rows', change: withMeans({ ...targetMean, ...timed }, true) }]
      : []),
    { words: 'target means alone', change: withMeans(targetMean, false) },
  ];
}

function numbers(columns: readonly DraftColumn[]): Question[] {
  const numeric = columns.filter(({ use, kind }) => use === 'field' && kind === 'numeric');
  if (numeric.length === 0) return [];
  const all = (encoding: unknown) => (draft: Draft) =>
    withEncodings(draft, new Map(numeric.map(({ name }) => [name, encoding])));
  return [
    {
      about: 'numbers',
      answers: [
        asItIs('quantiles'),
        { words: 'piecewise linear', change: all({ kind: 'piecewise' }) },
        {
          words: 'quantiles, and the number itself',
          change: all([{ kind: 'quantiles' }, { kind: 'numeric', clip: 0.01 }]),
        },
      ],
    },
  ];
}

const training = (more: object) => (draft: Draft) => ({ ...draft, training: { ...draft.training, ...more } });

/** Where training begins: a base margin needs target means. */
const margin: Question = {
  about: 'start',
  answers: [
    asItIs('from nothing'),
    {
      words: 'from the target means',
      change: (draft) => (hasTargetMeans(draft) ? training({ baseMargin: { kind: 'targetMeans' } })(draft) : draft),
    },
  ],
};

const rate: Question = {
  about: 'learning rate',
  answers: [
    asItIs('.001'),
    { words: '.0003', change: training({ optimizer: { kind: 'adam', learningRate: 0.0003 } }) },
  ],
};

const averaging: Question = {
  about: 'weights',
  answers: [
    asItIs('of the last step'),
    { words: 'averaged over steps', change: training({ averaging: { kind: 'ema', decay: 0.99 } }) },
  ],
};

/** How far target means are pulled to the prior; where none was taken, nothing changes. */
const smoothing: Question = {
  about: 'smoothing of means',
  answers: [asItIs('10'), { words: '3', change: (draft) => withSmoothing(draft, 3) }],
};

/** Methods that come with the command and are proposed, against none. */
function methods(plugins: readonly string[]): Question[] {
  if (plugins.length === 0) return [];
  return [
    {
      about: 'method',
      answers: [
        asItIs('none'),
        ...plugins.map((name) => ({ words: name, change: (draft: Draft) => ({ ...draft, plugins: [name] }) })),
      ],
    },
  ];
}
