import { expect, it } from 'vitest';
import { evaluateScores, metricsTable } from '../src/index.js';

const metrics = evaluateScores({
  scores: Float32Array.of(0.25, 0.75, 0.5, 0.5),
  labels: Float32Array.of(0, 1, 1, 1),
  domains: Int32Array.of(1, 1, 2, 2),
  domainLabels: ['(unseen)', 'a,"b"', 'c'],
});
const epochs = [1, 2].map((epoch) => ({
  epoch,
  loss: epoch / 2,
  learningRate: 0.01,
  validation: metrics,
  diagnostics: {},
}));

it('has a line for each epoch and split, and for each of its domains', () => {
  const text = metricsTable({ epochs, bestEpoch: 2, test: { ...metrics, variants: { adapted: metrics } } });
  const [header, ...lines] = text.trimEnd().split('\n');
  expect(header).toBe(
    'epoch,split,variant,domain,trainingLoss,learningRate,rows,positives,auc,gauc,macroAuc,prAuc,logLoss,normalizedEntropy,pcoc,ece',
  );
  expect(lines.map((line) => line.split(',').slice(0, 4).join())).toEqual([
    ...['1,validation,,', '1,validation,,"a', '1,validation,,c'],
    ...['2,validation,,', '2,validation,,"a', '2,validation,,c'],
    ...['2,test,,', '2,test,,"a', '2,test,,c', '2,test,adapted,', '2,test,adapted,"a', '2,test,adapted,c'],
  ]);
  expect(lines[0]).toMatch(/^1,validation,,,0\.5,0\.01,4,3,1,1,1,1,/);
  expect(lines[1]).toContain('"a,""b""",0.5,0.01,2,1,1,,,1,');
  expect(lines[2]).toMatch(/^1,validation,,c,0\.5,0\.01,2,2,,,,1,/); // one class: no AUC
});

it('has no lines for splits without rows', () => {
  const none = epochs.map((epoch) => ({ ...epoch, validation: null }));
  expect(metricsTable({ epochs: none, bestEpoch: 2, test: null }).split('\n')).toHaveLength(2);
});
