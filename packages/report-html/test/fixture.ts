import type { DiagnosticMatrix } from '@mdctr/core';
import type { SiteNode } from '@mdctr/inspect';
import {
  summarize,
  type DataFacts,
  type SimilarityResult,
  type NetworkResult,
  type StudyResults,
  type TrialResult,
} from '@mdctr/report';

export interface Shape {
  readonly backbones: readonly string[];
  readonly methods: readonly string[];
  readonly seeds: number;
  readonly domains: readonly string[];
  readonly epochs: number;
  /** Has matrices for methods after the first. */
  readonly layers: readonly string[];
  /** Labels; none for a study without settings. */
  readonly settings: readonly string[];
}

export const SMALL: Shape = {
  backbones: ['dnn', 'dcnv2'],
  methods: ['plain', 'fusion', 'binarization'],
  seeds: 3,
  domains: ['p0', 'p1', 'p2', 'p3'],
  epochs: 3,
  layers: ['deep/0', 'deep/1'],
  settings: [],
};

/** A number in [-1, 1] that looks drawn, the same for the same arguments. */
const wave = (...numbers: number[]): number => Math.sin(numbers.reduce((sum, x, i) => sum + x * (i + 1) * 1.7, 0));

/** Where a trial stands in the grid: the places of setting, backbone, method and seed. */
interface Place {
  readonly at: number;
  readonly b: number;
  readonly m: number;
  readonly s: number;
}

/** Results of a study that nobody ran: every number is a function of its place. */
export function resultsOf(changed: Partial<Shape> = {}, more: Partial<StudyResults> = {}): StudyResults {
  const shape = { ...SMALL, ...changed };
  const { methods, settings } = shape;
  const trials = (settings.length === 0 ? [undefined] : settings).flatMap((setting, at) =>
    trialsOf(shape, setting, at),
  );
  const baseline = methods[0]!;
  const data = dataOf(shape.domains);
  return {
    schemaVersion: 2,
    study: 'Small study',
    split: 'test',
    selectedOnSplit: false,
    createdAt: '2022-01-01T00:00:00.000Z',
    environment: { node: 'v20.0.0', tier: 'native' },
    data,
    ...(settings.length > 0 && {
      settings: settings.map((label) => ({ label, split: 'test' as const, selectedOnSplit: false, data })),
    }),
    config: { name: 'Small study', description: 'Made for tests.', seeds: [1, 2, 3] },
    baseline,
    plannedTrials: trials.length,
    table: summarize(trials, baseline),
    trials,
    ...more,
  };
}

function dataOf(domains: readonly string[]): DataFacts {
  return {
    rows: 10_000,
    fields: 5,
    domains: domains.length,
    trainRows: 8_000,
    evaluationRows: 1_000,
    domainSizes: domains.map((domain, d) => ({ domain, trainRows: Math.round(20_000 / (d + 1) ** 1.5) })),
    fingerprint: 'f'.repeat(64),
  };
}

function trialsOf(shape: Shape, setting: string | undefined, at: number): TrialResult[] {
  return shape.backbones.flatMap((backbone, b) =>
    shape.methods.flatMap((method, m) =>
      Array.from({ length: shape.seeds }, (_, s) => ({
        ...(setting !== undefined && { setting }),
        backbone,
        method,
        ...numbersOf(shape, { at, b, m, s }),
      })),
    ),
  );
}

function numbersOf(shape: Shape, place: Place): Omit<TrialResult, 'setting' | 'backbone' | 'method'> {
  const { at, b, m, s } = place;
  const auc = 0.72 + 0.01 * b + (0.004 + 0.002 * at) * m + 0.003 * wave(b, m, s, at);
  return {
    seed: s + 1,
    metrics: { auc, domainAuc: auc - 0.01, logLoss: 0.42 - auc / 100 },
    parameters: 20_000 + 9_000 * b + 1_000 * m,
    flopsPerRow: 35_000 + 20_000 * b + 400 * m,
    stepMs: 6 + 3 * b + 2 * m,
    inferenceUs: 3 + b + m,
    testPasses: 1,
    seconds: 3,
    epochs: shape.epochs,
    bestEpoch: shape.epochs,
    details: detailsOf(shape, place, auc),
  };
}

function detailsOf(shape: Shape, { m, s }: Place, auc: number): NonNullable<TrialResult['details']> {
  const { domains, epochs, layers } = shape;
  const has = m > 0 && layers.length > 0;
  return {
    domains: domains.map((domain, d) => {
      const rows = Math.round(4000 / (d + 1));
      const metrics = { auc: auc + 0.01 * wave(d, m, s), logLoss: 0.4 };
      return { domain, rows, positives: rows >> 2, metrics };
    }),
    calibration: Array.from({ length: 10 }, (_, i) => {
      return { rows: 400, predicted: 0.02 + i * 0.05, observed: 0.02 + i * 0.05 + 0.01 * wave(i, m) };
    }),
    diagnostics: has ? { 'some-plugin': { matrices: [sparsityOf(shape, epochs), ...overlapsOf(shape)] } } : {},
    epochs: Array.from({ length: epochs }, (_, e) => ({
      epoch: e + 1,
      loss: 0.5 - 0.02 * e,
      metrics: { auc: auc - 0.02 / (e + 1), domainAuc: auc - 0.03, logLoss: 0.44 },
      ...(has && { matrices: { 'some-plugin': [sparsityOf(shape, e)] } }),
    })),
  };
}

const sparsityOf = ({ domains, layers }: Shape, epoch: number): DiagnosticMatrix => ({
  name: 'share of cut neurons',
  meaning: 'Share of neurons that are 0.',
  rows: domains,
  columnsAre: 'layers',
  columns: layers,
  values: domains.map((_, d) => layers.map((_, l) => 0.25 + 0.2 * wave(d, l, epoch))),
  range: [0, 1],
});

const overlapsOf = ({ domains, layers }: Shape): DiagnosticMatrix[] =>
  layers.map((layer, l) => ({
    name: 'overlap of kept neurons',
    meaning: 'Neurons kept for both.',
    rows: domains,
    columnsAre: 'domains',
    columns: domains,
    layer,
    values: domains.map((_, a) => domains.map((_, c) => (a === c ? 1 : 0.6 + 0.3 * wave(a + c, l)))),
    range: [0, 1],
  }));

/** Similarity of domains that nobody measured, by two measures. */
export function similarityOf(domains: readonly string[]): SimilarityResult {
  const values = (measure: number): number[][] =>
    domains.map((_, a) => domains.map((_, b) => (a === b ? 1 : 0.5 + 0.4 * Math.sin((a + b + measure) * 2.3))));
  const [first, second, third] = domains;
  return {
    domains,
    measures: [
      { name: 'audience', meaning: 'Who sees both.', range: [0, 1], values: values(0) },
      { name: 'response', meaning: 'Who clicks on both.', values: values(1) },
    ],
    chosen: [first!, second!, third!],
  };
}

/** A study of settings with everything that a page can show. */
export function settingsStudy(labels = ['2 domains', '16 domains']): StudyResults {
  const methods = ['plain', 'per-domain', 'adasparse'];
  const shape = { methods, layers: ['deep/0'], settings: labels, epochs: 2, backbones: ['dnn'] };
  const results = resultsOf(shape, {
    config: { analyses: { ownNetwork: 'per-domain' } },
  });
  const data = { ...results.data, similarity: similarityOf(SMALL.domains), warnings: ['Made up.'] };
  return { ...results, data, settings: results.settings!.map((setting) => ({ ...setting, data })) };
}

/** A name that does harm where it is not escaped. */
export const HOSTILE = `</script><img src=x onerror="document.title='harm'"> & {a|b} 'x'`;

/** A model of one layer on which a plugin acts, named like its method. */
export function networkOf(method: string, backbone = 'dnn'): NetworkResult {
  const numbers = { parameters: 8, share: 0.5, flopsPerRow: 16 };
  const parameter = (path: string) => ({ path, shape: [4, 2], size: 8, count: 1, trained: true });
  const layer: SiteNode = {
    ...{ kind: 'affine', path: 'deep/0', shape: [4, 2], ...numbers },
    plugins: method === 'plain' ? [] : [{ name: method, parameters: [parameter(`${method}/deep/0`)], flopsPerRow: 4 }],
    builds: [{ count: 1, copies: [null], parameters: [parameter(`${backbone}/deep/0/kernel`)], sites: [] }],
  };
  const network: SiteNode = {
    ...{ kind: 'network', path: 'network', shape: [4, 1], plugins: [], ...numbers },
    builds: [{ count: 1, copies: [null], parameters: [], sites: [layer] }],
  };
  const inspection = {
    version: 1 as const,
    backbone,
    plugins: [],
    totals: { parameters: 16, embeddings: 8, dense: 8, flopsPerRow: 16 },
    fields: [{ name: 'position', ids: 4, domain: true, parameters: 8 }],
    sites: [network],
    beside: [],
    warnings: [],
  };
  return { backbone, method, inspection };
}
