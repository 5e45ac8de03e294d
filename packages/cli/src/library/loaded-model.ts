import type { UnitClass } from '@mdctr/core';
import { restoreModel, scoreFiles, type RestoredModel, type TrialConfig, startRuntime } from '@mdctr/study';
import { loadArtifact, requireCalibration } from '@mdctr/training';
import { builtinPackages } from '../builtins.js';

/** A trained model for prediction. Dispose it to release its tensors. */
export class LoadedModel {
  /** @internal `loadModel` and `train` make it. */
  constructor(
    /** @internal The network and how columns become ids. */
    readonly open: RestoredModel,
  ) {}

  /**
   * Predicts the click probabilities of the rows of files: [N], in input order. The files need no label, and may have
   * values and domains that are not in the training data.
   * @param options.calibrated Calibrates by domain, as the validation rows of the training say.
   * @throws MdctrError MDCTR_DATA_... for files that cannot be read, MDCTR_CALIBRATION_MISSING.
   */
  async predict(
    files: string | readonly string[],
    { calibrated = false }: { readonly calibrated?: boolean } = {},
  ): Promise<Float32Array> {
    const calibration = calibrated ? requireCalibration(this.open.calibration, 'The model') : undefined;
    return scoreFiles(this.open, typeof files === 'string' ? [files] : files, calibration);
  }

  dispose(): void {
    this.open.assembled.dispose();
  }
}

/**
 * Loads an artifact written by `mdctr train` or `TrainedModel.save`. The caller disposes the model.
 * @param options.units Backbones and plugins that the model was trained with and that no package provides.
 * @throws MdctrError MDCTR_ARTIFACT_..., MDCTR_PACKAGE_..., MDCTR_WEIGHTS_DAMAGED.
 */
export async function loadModel(
  folder: string,
  { units = [] }: { units?: readonly UnitClass[] } = {},
): Promise<LoadedModel> {
  const artifact = await loadArtifact(folder);
  await startRuntime((artifact.config as TrialConfig).training.precision, true);
  return new LoadedModel(await restoreModel(artifact, builtinPackages(), units));
}
