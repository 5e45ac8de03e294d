import { MdctrError } from '@mdctr/core';
import { dataFingerprint, type EncodedData } from '@mdctr/data';
import { summarize, type StudyResults, type TrialResult } from '@mdctr/report';
import { evaluateScores, type TrainingContext } from '@mdctr/training';
import type { Opened, StudyConfig } from './config.js';
import { rehearse } from './rehearse.js';
import { runTrial, trialResults } from './run-trial.js';

/** One cell of the grid with one seed. */
export interface Cell {
  readonly backbone: string;
  readonly method: string;
  readonly seed: number;
}

export interface StudyCallbacks extends Pick<TrainingContext, 'onStep' | 'onEpoch'> {
  readonly onCell?: (cell: Cell, index: number, total: number) => void;
  /** `results` is what the study has found so far; the next trial waits for the promise. */
  readonly onResult?: (result: TrialResult, results: StudyResults) => void | Promise<void>;
}

/**
 * Runs every trial of a study, one after the other, on one encoding of the data. Every cell sees the same rows in the
 * same order for a seed, so that gains can be paired.
 * @throws MdctrError MDCTR_STUDY_NO_EVALUATION; what building one of the models throws, before the
 *   first is trained.
 */
export async function runStudy(
  { config, registry }: Pick<Opened<StudyConfig>, 'config' | 'registry'>,
  data: EncodedData,
  environment: StudyResults['environment'],
  { onCell, onResult, ...callbacks }: StudyCallbacks = {},
): Promise<StudyResults> {
  const split = reportedSplit(data);
  const backbones = labelled(config.backbones.map((unit) => ({ label: unit.name, unit })));
  const cells = backbones.flatMap((backbone) =>
    config.methods.flatMap((method) => config.seeds.map((seed) => ({ backbone, method, seed }))),
  );
  const models = backbones.flatMap(({ unit }) => config.methods.map(({ plugins }) => ({ backbone: unit, plugins })));
  rehearse(models, registry, data.schema, config.embedding);
  const baseline = config.methods.find(({ plugins }) => plugins.length === 0)?.label ?? null;
  const facts = {
    schemaVersion: 1,
    study: config.name,
    split,
    selectedOnSplit: split === 'validation' && config.training.epochs > 1,
    createdAt: new Date().toISOString(),
    environment,
    data: describeData(data, split),
    config,
    baseline,
    plannedTrials: cells.length,
  } as const;
  const trials: TrialResult[] = [];
  const resultsSoFar = (): StudyResults => ({ ...facts, table: summarize(trials, baseline), trials: [...trials] });
  for (const [index, { backbone, method, seed }] of cells.entries()) {
    const cell = { backbone: backbone.label, method: method.label, seed };
    onCell?.(cell, index, cells.length);
    const plan = { ...config, registry, data, backbone: backbone.unit, plugins: method.plugins, seed };
    const finished = await runTrial(plan, callbacks);
    finished.trial.dispose();
    const lines = trialResults(cell, finished, split);
    trials.push(...lines);
    await onResult?.(lines[0], resultsSoFar());
  }
  return resultsSoFar();
}

/** Test where there is one: validation rows choose the epoch. */
function reportedSplit(data: EncodedData): 'validation' | 'test' {
  if (data.splits.test.length > 0) return 'test';
  if (data.splits.validation.length > 0) return 'validation';
  throw new MdctrError('MDCTR_STUDY_NO_EVALUATION', {
    what: 'No rows are left to evaluate on.',
    hint: 'Give data.split.validation or data.split.test a share above 0.',
  });
}

/** Two entries of one backbone with other options get numbers, so that lines of the table can be told apart. */
function labelled<T extends { label: string }>(entries: readonly T[]): T[] {
  return entries.map((entry, i) => {
    const before = entries.slice(0, i).filter(({ label }) => label === entry.label).length;
    return before === 0 ? entry : { ...entry, label: `${entry.label}#${before + 1}` };
  });
}

function describeData(data: EncodedData, split: 'validation' | 'test'): StudyResults['data'] {
  const rows = data.splits[split];
  const { oracle, labels, domains } = data;
  const best =
    oracle &&
    labels &&
    evaluateScores({
      scores: Float32Array.from(rows, (row) => oracle[row]!),
      labels: Float32Array.from(rows, (row) => labels[row]!),
      domains: Int32Array.from(rows, (row) => domains[row]!),
      domainLabels: data.schema.domains,
    });
  return {
    rows: data.rows,
    fields: data.schema.fields.length,
    domains: data.schema.domains.length - 1,
    trainRows: data.splits.train.length,
    evaluationRows: rows.length,
    domainSizes: domainSizes(data),
    fingerprint: dataFingerprint(data),
    ...(best && { bestPossible: { auc: best.auc, gauc: best.gauc, logLoss: best.logLoss } }),
  };
}

/** Domains that training never saw have no size: domain 0 is left out where it is empty. */
function domainSizes({ schema, domains, splits }: EncodedData): { domain: string; trainRows: number }[] {
  const rows = new Float64Array(schema.domains.length);
  for (const row of splits.train) rows[domains[row]!]!++;
  return schema.domains
    .map((domain, id) => ({ domain, trainRows: rows[id]! }))
    .filter(({ trainRows }) => trainRows > 0)
    .sort((a, b) => b.trainRows - a.trainRows);
}
