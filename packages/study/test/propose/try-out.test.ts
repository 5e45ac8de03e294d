import { describe, expect, it } from 'vitest';
import { questionsOf, tryOut, withUsual, type Draft, type DraftColumn } from '../../src/propose/index.js';
import { beats } from '../../src/propose/beats.js';
import { usefulAuc } from '../../src/propose/training-measure.js';

const draft: Draft = {
  name: 'log',
  data: {
    label: 'click',
    domain: 'tab',
    fields: ['*', { name: 'price', encoding: { kind: 'quantiles' } }],
    split: { by: 'time', column: 'ms' },
  },
  embedding: { dim: 16 },
  backbone: { name: 'dnn' },
  plugins: [],
  training: { epochs: 2, batchSize: 64 },
  seed: 1,
};
const column = (name: string, more: Partial<DraftColumn> = {}): DraftColumn => ({
  ...{ name, use: 'field', kind: 'categorical', distinct: 500 },
  ...more,
});
const columns = [
  column('tab', { use: 'domain', distinct: 4 }),
  column('user'),
  column('sex', { distinct: 2 }),
  column('price', { kind: 'numeric' }),
  column('watched', { use: 'exclude' }),
];

const mean = { kind: 'targetMean' };
const facts = { columns, rows: 50_000 };
const usual = withUsual(draft, facts);
const idsAndMeans = [
  { name: 'user', encoding: [{ kind: 'vocabulary' }, mean, { ...mean, by: ['tab'] }] },
  { name: 'tab', encoding: [{ kind: 'vocabulary' }, mean] },
];

describe('what is usual', () => {
  it('gives target means to ids of many values and to the domain, and leaves the other fields alone', () => {
    expect(usual.data.fields).toEqual([...idsAndMeans, ...draft.data.fields!]);
  });

  it('holds rare ids down and averages weights, whatever the columns', () => {
    const { data, training } = withUsual(draft, { columns: [], rows: 1e6 });
    expect(data).toBe(draft.data);
    expect(training).toMatchObject({
      regularization: { embedding: { l2ByFrequency: 1000 } },
      averaging: { kind: 'ema', decay: 0.99 },
    });
  });
});

describe('the questions of a data set', () => {
  const questions = questionsOf(usual, facts, ['adasparse']);
  const question = (about: string) => questions.find((one) => one.about === about)!;
  const answer = (about: string, words: string) => question(about).answers.find((one) => one.words === words)!;
  const fieldsOf = (words: string) => answer('ids of many values, norm', words).change(usual).data.fields;

  it('are of what its columns are', () => {
    const always: [string, number][] = [
      ['network', 4],
      ['first values of embeddings', 3],
      ['ids taken for unknown', 2],
      ['start', 2],
      ['learning rate', 3],
      ['weights', 2],
    ];
    expect(questions.map(({ about, answers }) => [about, answers.length])).toEqual([
      ['ids of many values, norm', 10],
      ['L2 of embeddings by frequency', 4],
      ['smoothing of means', 2],
      ['numbers', 3],
      ...always,
      ['method', 2],
    ]);
    const random = { ...draft, data: { ...draft.data, split: { by: 'seed' } } };
    const few = questionsOf(
      random,
      { columns: [column('tab', { use: 'domain' }), column('sex', { distinct: 2 })], rows: 100 },
      [],
    );
    expect(few.map(({ about, answers }) => [about, answers.length])).toEqual([
      ['norm', 2],
      ['L2 of embeddings by frequency', 4],
      ['smoothing of means', 2],
      ...always,
    ]);
  });

  it('leave the draft as it is by their first answer', () => {
    for (const { answers } of questions) expect(answers[0].change(usual)).toBe(usual);
  });

  it('try other encodings of ids in place of the usual one', () => {
    expect(fieldsOf('ids')).toEqual(draft.data.fields);
    expect(fieldsOf('target means alone')![0]).toEqual({ name: 'user', encoding: [mean, { ...mean, by: ['tab'] }] });
    expect(JSON.stringify(fieldsOf('ids and target means of earlier rows'))).toContain('"time":"ms"');
    const last = question('ids of many values, norm').answers.at(-1)!.change(usual);
    expect([last.data.fields, last.backbone['batchNorm']]).toEqual([draft.data.fields, true]);
  });

  it('change the smoothing of what is a target mean, and of nothing else', () => {
    const { change } = answer('smoothing of means', '3');
    const smoothed = { ...mean, smoothing: 3 };
    expect(change(usual).data.fields![0]).toEqual({
      name: 'user',
      encoding: [{ kind: 'vocabulary' }, smoothed, { ...smoothed, by: ['tab'] }],
    });
    expect(change(draft)).toEqual(draft);
  });

  it('begin at the target means where there are some', () => {
    const { change } = answer('start', 'from the target means');
    expect(change(usual).training['baseMargin']).toEqual({ kind: 'targetMeans' });
    expect(change(draft)).toBe(draft);
  });

  it('change the encoding of a field where the draft names it', () => {
    const changed = answer('numbers', 'piecewise linear').change(draft).data.fields;
    expect(changed).toEqual(['*', { name: 'price', encoding: { kind: 'piecewise' } }]);
  });

  it('set the strength of L2', () => {
    const strengthOf = (words: string): unknown =>
      answer('L2 of embeddings by frequency', words).change(usual).training['regularization'];
    expect(strengthOf('1500 rows')).toEqual({ embedding: { l2ByFrequency: 1500 } });
    expect(strengthOf('none')).toEqual({ embedding: { l2ByFrequency: 0 } });
  });
});

it('counts no network that says less than the base rate', () => {
  expect(usefulAuc({ auc: 0.7, normalizedEntropy: 0.98 })).toBe(0.7);
  expect(usefulAuc({ auc: 0.7, normalizedEntropy: 1.4 })).toBeNull();
  expect(usefulAuc({ auc: null, normalizedEntropy: null })).toBeNull();
});

describe('trying out', () => {
  const questions = [
    {
      about: 'width',
      answers: [8, 16, 32].map((dim) => ({
        words: String(dim),
        change: (of: Draft) => ({ ...of, embedding: { dim } }),
      })) as never,
    },
    {
      about: 'norm',
      answers: [false, true].map((batchNorm) => ({
        words: String(batchNorm),
        change: (of: Draft) => ({ ...of, backbone: { name: 'dnn', batchNorm } }),
      })) as never,
    },
  ];
  const found = (aucs: (of: Draft) => number | null) =>
    tryOut(draft, questions, (of) => Promise.resolve({ auc: aucs(of), seconds: 1 }));

  it('takes the best answer of each question, on top of those before', async () => {
    const seen: string[] = [];
    const { draft: best, tried } = await found((of) => {
      seen.push(`${of.embedding.dim} ${String(of.backbone['batchNorm'] ?? '')}`.trim());
      return of.embedding.dim === 16 ? 0.72 : 0.7;
    });
    expect(best.embedding.dim).toBe(16);
    expect(seen).toEqual(['8', '16', '32', '16 false', '16 true']);
    expect(tried.filter(({ chosen }) => chosen).map(({ words }) => words)).toEqual(['16', 'false']);
  });

  it('keeps what comes first where nothing is better by more than chance may be', async () => {
    const { draft: best } = await found(
      ({ embedding: { dim }, backbone }) => 0.7 + dim / 1e6 + (backbone['batchNorm'] ? 2e-4 : 0),
    );
    expect([best.embedding.dim, best.backbone['batchNorm']]).toEqual([8, false]);
  });

  it('is not led by what is not defined', async () => {
    const { draft: best } = await found(({ embedding: { dim } }) => (dim === 32 ? 0.6 : null));
    expect(best.embedding.dim).toBe(32);
  });

  it('tries an answer again that lost by little before the later questions were answered', async () => {
    const { draft: best, tried } = await found(({ embedding: { dim }, backbone }) => {
      const normed = backbone['batchNorm'] === true;
      return { 8: normed ? 0.72 : 0.7, 16: normed ? 0.71 : 0.703, 32: 0.6 }[dim]!;
    });
    expect([best.embedding.dim, best.backbone['batchNorm']]).toEqual([8, true]);
    expect(tried.at(-1)).toMatchObject({ about: 'width, again', words: '8', auc: 0.72, chosen: true });
  });

  it('does not try again what lost by much, nor where nothing came after it', async () => {
    const abouts = async (aucs: (of: Draft) => number) => new Set((await found(aucs)).tried.map(({ about }) => about));
    const byMuch = await abouts(({ embedding: { dim }, backbone }) => dim / 100 + (backbone['batchNorm'] ? 0.1 : 0));
    expect(byMuch).toEqual(new Set(['width', 'norm']));
    const nothing = await abouts(({ embedding: { dim } }) => (dim === 16 ? 0.701 : 0.7));
    expect(nothing).toEqual(new Set(['width', 'norm']));
  });

  it('takes nothing for a gain that is small beside its standard error over the rows', () => {
    const labels = Float32Array.from({ length: 40 }, (_, i) => i % 2);
    const scored = (noise: number, auc: number) => ({
      auc,
      rows: { scores: labels.map((label, i) => 0.1 * label + noise * ((i * 7919) % 41)), labels },
      seconds: 1,
    });
    expect(beats(scored(0.01, 0.71), scored(-0.01, 0.7))).toBe(false);
    expect(beats(scored(0, 1), scored(-0.01, 0.7))).toBe(true);
    expect(beats({ auc: 0.71, seconds: 1 }, { auc: 0.7, seconds: 1 })).toBe(true);
  });
});
