import { describe, expect, it } from 'vitest';
import { questionsOf, tryOut, type Draft, type DraftColumn } from '../../src/propose/index.js';
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

describe('the questions of a data set', () => {
  const questions = questionsOf(draft, columns, ['adasparse']);

  it('are of what its columns are', () => {
    expect(questions.map(({ about, answers }) => [about, answers.length])).toEqual([
      ['ids of many values, norm', 8],
      ['smoothing of means', 2],
      ['numbers', 3],
      ['start', 2],
      ['learning rate', 2],
      ['weights', 2],
      ['method', 2],
    ]);
    const random = { ...draft, data: { ...draft.data, split: { by: 'seed' } } };
    const few = questionsOf(random, [column('tab', { use: 'domain' }), column('sex', { distinct: 2 })], []);
    expect(few.map(({ about, answers }) => [about, answers.length])).toEqual([
      ['norm', 2],
      ['smoothing of means', 2],
      ['start', 2],
      ['learning rate', 2],
      ['weights', 2],
    ]);
  });

  it('give target means to ids of many values and to the domain, and leave the other fields alone', () => {
    const [ids, means, earlier, alone] = questions[0]!.answers.map(({ change }) => change(draft).data.fields);
    expect(ids).toBe(draft.data.fields);
    const mean = { kind: 'targetMean' };
    const others = draft.data.fields;
    expect(means).toEqual([
      { name: 'user', encoding: [{ kind: 'vocabulary' }, mean, { ...mean, by: ['tab'] }] },
      { name: 'tab', encoding: [{ kind: 'vocabulary' }, mean] },
      ...others!,
    ]);
    expect(JSON.stringify(earlier)).toContain('"time":"ms"');
    expect(alone![0]).toEqual({ name: 'user', encoding: [mean, { ...mean, by: ['tab'] }] });
    const last = questions[0]!.answers.at(-1)!.change(draft);
    expect([last.data.fields, last.backbone['batchNorm']]).toEqual([alone, true]);
  });

  it('change the smoothing of what is a target mean, and of nothing else', () => {
    const { change } = questions[1]!.answers[1]!;
    const [means] = change(questions[0]!.answers[1]!.change(draft)).data.fields!;
    const mean = { kind: 'targetMean', smoothing: 3 };
    expect(means).toEqual({ name: 'user', encoding: [{ kind: 'vocabulary' }, mean, { ...mean, by: ['tab'] }] });
    expect(change(draft)).toEqual(draft);
  });

  it('begin at the target means where there are some', () => {
    const { change } = questions[3]!.answers[1]!;
    expect(change(questions[0]!.answers[1]!.change(draft)).training['baseMargin']).toEqual({ kind: 'targetMeans' });
    expect(change(draft)).toBe(draft);
  });

  it('change the encoding of a field where the draft names it', () => {
    const changed = questions[2]!.answers[1]!.change(draft).data.fields;
    expect(changed).toEqual(['*', { name: 'price', encoding: { kind: 'piecewise' } }]);
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
});
