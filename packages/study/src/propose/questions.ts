import {
  hasTargetMeans,
  withEmbeddingL2,
  withEncodings,
  withSmoothing,
  withTraining,
  type Draft,
  type DraftColumn,
  type DraftFacts,
} from './draft.js';
import { idEncodings } from './id-encodings.js';
import { usualL2 } from './usual.js';

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

/** The questions that a data set poses to a draft with the usual settings (`withUsual`), in the order in which they are answered. */
export function questionsOf(draft: Draft, { columns, rows }: DraftFacts, plugins: readonly string[]): Question[] {
  return [
    idsAndNorm(draft, columns),
    embeddingL2(usualL2(rows)),
    smoothing,
    ...numbers(columns),
    network,
    firstValues,
    unknownIds,
    margin,
    rate,
    averaging,
    ...methods(plugins),
  ];
}

const withEmbedding = (more: object) => (draft: Draft) => ({ ...draft, embedding: { ...draft.embedding, ...more } });
const backbone = (more: object) => (draft: Draft) => ({ ...draft, backbone: { ...draft.backbone, ...more } });
const batchNorm = backbone({ batchNorm: true });

/**
 * Ids with many values, their target means by value and by domain, or both; each with and without batch norm, since which encoding is
 * best depends on it.
 */
function idsAndNorm(draft: Draft, columns: readonly DraftColumn[]): Question {
  const encodings = idEncodings(draft, columns);
  const [usual, ...others] = encodings;
  if (!usual) return { about: 'norm', answers: [asItIs('none'), { words: 'batch norm', change: batchNorm }] };
  const withNorm = encodings.map(({ words, change }) => ({
    words: `${words}, batch norm`,
    change: (of: Draft) => batchNorm(change(of)),
  }));
  return { about: 'ids of many values, norm', answers: [asItIs(usual.words), ...others, ...withNorm] };
}

/** How strongly embeddings of rare ids are held to 0. */
const embeddingL2 = (usual: number): Question => ({
  about: 'L2 of embeddings by frequency',
  answers: [
    asItIs(`${usual} rows`),
    { words: 'none', change: withEmbeddingL2(0) },
    ...[3 * usual, 10 * usual].map((rows) => ({ words: `${rows} rows`, change: withEmbeddingL2(rows) })),
  ],
});

/** How far target means are pulled to the prior; where none was taken, nothing changes. */
const smoothing: Question = {
  about: 'smoothing of means',
  answers: [asItIs('10'), { words: '3', change: (draft) => withSmoothing(draft, 3) }],
};

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

const network: Question = {
  about: 'network',
  answers: [
    asItIs('dnn of 128 and 64'),
    { words: 'dnn of 256 and 128', change: backbone({ hiddenUnits: [256, 128] }) },
    { words: 'dnn, embeddings 32 wide', change: withEmbedding({ dim: 32 }) },
    { words: 'dcnv2', change: backbone({ name: 'dcnv2' }) },
  ],
};

const firstValues: Question = {
  about: 'first values of embeddings',
  answers: [
    asItIs('.01'),
    { words: '.05', change: withEmbedding({ initStd: 0.05 }) },
    { words: '.0001', change: withEmbedding({ initStd: 0.0001 }) },
  ],
};

/** Whether some ids are taken for unknown in training, so that unknown ones are known how to deal with. */
const unknownIds: Question = {
  about: 'ids taken for unknown',
  answers: [asItIs('none'), { words: 'one in ten', change: withTraining({ unknownRate: 0.1 }) }],
};

/** Where training begins: a base margin needs target means. */
const margin: Question = {
  about: 'start',
  answers: [
    asItIs('from nothing'),
    {
      words: 'from the target means',
      change: (draft) => (hasTargetMeans(draft) ? withTraining({ baseMargin: { kind: 'targetMeans' } })(draft) : draft),
    },
  ],
};

const rate: Question = {
  about: 'learning rate',
  answers: [
    asItIs('.001'),
    { words: '.0003', change: withTraining({ optimizer: { kind: 'adam', learningRate: 0.0003 } }) },
    { words: '.003', change: withTraining({ optimizer: { kind: 'adam', learningRate: 0.003 } }) },
  ],
};

const averaging: Question = {
  about: 'weights',
  answers: [
    asItIs('averaged over steps'),
    { words: 'of the last step', change: withTraining({ averaging: { kind: 'none' } }) },
  ],
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
