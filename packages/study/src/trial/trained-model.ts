import { loadPackages, type PackageRequest } from '@mdctr/config';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { assembleModel, Registry, type AssembledModel, type UnitClass } from '@mdctr/core';
import { encodeWith, featureMapFromJson, featureMapToJson, openBatches, type FeatureMap } from '@mdctr/data';
import {
  calibrated,
  metricsTable,
  predictSplit,
  restoreWeights,
  saveArtifact,
  type Calibration,
  type LoadedArtifact,
} from '@mdctr/training';
import { type Opened, PROGRAM } from '../config/open.js';
import type { TrialConfig } from '../config/types.js';
import type { FinishedTrial } from './run-trial.js';

/** Writes a finished trial as an artifact; the layout is described in docs/reference/artifact.md. */
export async function saveTrained(
  directory: string,
  { config, document }: Pick<Opened<TrialConfig>, 'config' | 'document'>,
  finished: FinishedTrial,
  featureMap: FeatureMap,
  environment: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { training, validation, test, parameters, flopsPerRow, seconds } = finished;
  const packages = config.packages.map((specifier, i) =>
    specifier.startsWith('.')
      ? portable(relative(resolve(directory), document.resolvePath(['packages', i], specifier)))
      : specifier,
  );
  const { bestEpoch, bestStep, steps, stepMs, epochs, evaluations } = training;
  const metrics = {
    ...{ validation, test, bestEpoch, bestStep, epochs },
    ...(evaluations.length > epochs.length && { evaluations }),
    ...{ steps, stepMs, parameters, flopsPerRow, seconds, environment },
  };
  const { fields, vocabularies } = featureMapToJson(featureMap);
  const { calibration } = finished;
  const contents = {
    config: { ...config, packages },
    fields,
    vocabularies,
    metrics,
    ...(calibration && { calibration }),
  };
  await saveArtifact(directory, finished.assembled.model, contents, metricsTable({ evaluations, bestStep, test }));
}

const portable = (path: string): string => (isAbsolute(path) || path.startsWith('.') ? path : `./${path}`);

/** A trained model, ready to score. */
export interface RestoredModel {
  readonly assembled: AssembledModel;
  readonly featureMap: FeatureMap;
  /** Absent where it was trained without one, or without validation rows. */
  readonly calibration?: Calibration;
}

/**
 * Assembles the model of an artifact; the caller disposes `trial`. `units` are those of the calling program.
 * @throws MdctrError MDCTR_PACKAGE_..., MDCTR_UNIT_..., MDCTR_ARTIFACT_MISMATCH.
 */
export async function restoreModel(
  artifact: LoadedArtifact,
  builtins: readonly PackageRequest[],
  units: readonly UnitClass[] = [],
): Promise<RestoredModel> {
  const { directory } = artifact;
  const config = artifact.config as TrialConfig;
  const registry = new Registry();
  // A model may lie apart from the project that it was trained in.
  const requests = config.packages.map((specifier): PackageRequest => {
    const at = { file: join(directory, 'config.json') };
    return { specifier, baseDir: resolve(directory), elsewhere: [process.cwd()], at };
  });
  await loadPackages(registry, [...builtins, ...requests]);
  for (const unit of units) registry.add(unit, PROGRAM);
  const featureMap = featureMapFromJson(artifact);
  const { negativeSampling, baseMargin } = config.training;
  const assembled = assembleModel({ ...config, registry, schema: featureMap.schema, negativeSampling, baseMargin });
  try {
    restoreWeights(assembled, artifact.weights);
  } catch (error) {
    assembled.dispose();
    throw error;
  }
  const { calibration } = artifact;
  return { assembled, featureMap, ...(calibration && { calibration }) };
}

/**
 * Scores the rows of files with a trained model, in input order, calibrated where a calibration is given. Values and
 * domains never seen are allowed.
 * @returns [N] click probabilities.
 */
export async function scoreFiles(
  { assembled, featureMap }: RestoredModel,
  files: readonly string[],
  calibration?: Calibration,
): Promise<Float32Array> {
  const source = openBatches(await encodeWith(featureMap, files));
  try {
    const serving = assembled.variants.find(({ serves }) => serves);
    const predicted = await predictSplit(assembled, source, 'test', serving);
    const scores = calibration ? calibrated(calibration, predicted) : predicted.scores;
    const inOrder = new Float32Array(scores.length);
    predicted.order.forEach((row, i) => (inOrder[row] = scores[i]!));
    return inOrder;
  } finally {
    await source.close();
  }
}
