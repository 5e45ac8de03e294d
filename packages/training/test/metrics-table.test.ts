import { evaluateScores, METRICS } from '@mdctr/metrics';
import { expect, it } from 'vitest';
import { metricsTable } from '../src/index.js';

const evaluation = evaluateScores({
  scores: Float32Array.of(0.25, 0.75, 0.5, 0.5),
  labels: Float32Array.of(0, 1, 1, 1),
  domains: Int32Array.of(1, 1, 2, 2),
  domainLabels: ['(unseen)', 'a,"b"', 'c'],
});
const evaluations = [1, 2].map((epoch) => ({
  epoch,
  step: 10 * epoch,
  epochsDone: epoch,
  loss: epoch / 2,
  learningRate: 0.01,
  validation: evaluation,
  diagnostics: {},
}));

/** The cells of a line by their columns. */
const cellsOf = (header: string, line: string): Record<string, string> => {
  const cells = line.replace('"a,""b"""', 'a b').split(',');
  return Object.fromEntries(header.split(',').map((column, i) => [column, cells[i]!]));
};

it('has a line for each evaluation and split, and for each of its domains', () => {
  const text = metricsTable({ evaluations, bestStep: 20, test: { ...evaluation, variants: { adapted: evaluation } } });
  const [header, ...lines] = text.trimEnd().split('\n') as [string, ...string[]];
  expect(header.split(',')).toEqual([
    ...[
      'epoch',
      'step',
      'epochsDone',
      'split',
      'variant',
      'domain',
      'trainingLoss',
      'learningRate',
      'rows',
      'positives',
    ],
    ...METRICS.map(({ name }) => name),
    ...['groups', 'groupsWithAuc'],
  ]);
  expect(lines.map((line) => line.split(',').slice(0, 6).join())).toEqual([
    ...['1,10,1,validation,,', '1,10,1,validation,,"a', '1,10,1,validation,,c'],
    ...['2,20,2,validation,,', '2,20,2,validation,,"a', '2,20,2,validation,,c'],
    ...[
      '2,20,2,test,,',
      '2,20,2,test,,"a',
      '2,20,2,test,,c',
      '2,20,2,test,adapted,',
      '2,20,2,test,adapted,"a',
      '2,20,2,test,adapted,c',
    ],
  ]);
  expect(lines[1]).toContain('"a,""b""",0.5,0.01,2,1,1,');
  const [whole, a, c] = lines.map((line) => cellsOf(header, line));
  expect(whole).toMatchObject({ rows: '4', positives: '3', auc: '1', domainAuc: '1', gauc: '', domainMacroAuc: '1' });
  expect(a).toMatchObject({ rows: '2', auc: '1', domainAuc: '', prAuc: '1', groups: '' });
  expect(c).toMatchObject({ rows: '2', positives: '2', auc: '', prAuc: '1' }); // one class: no AUC
});

it('has no lines for splits without rows', () => {
  const none = evaluations.map((epoch) => ({ ...epoch, validation: null }));
  expect(metricsTable({ evaluations: none, bestStep: 20, test: null }).split('\n')).toHaveLength(2);
});
