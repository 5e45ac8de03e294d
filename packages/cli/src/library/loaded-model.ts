import type { UnitClass } from '@mdctr/core';
import { restoreModel, scoreFiles, type RestoredModel, type TrialConfig, startRuntime } from '@mdctr/study';
import { loadArtifact } from '@mdctr/training';
import { builtinPackages } from '../builtins.js';

/** A trained model, ready to score. It holds tensors until it is disposed. */
export class LoadedModel {
  /** @internal `loadModel` and `train` make it. */
  constructor(
    /** @internal The network and how columns become ids. */
    readonly open: RestoredModel,
  ) {}

  /**
   * Click probabilities of the rows of files, in input order: [N]. Values and domains never seen are fine; a label is not
   * needed.
   * @throws MdctrError MDCTR_DATA_... for files that cannot be read.
   */
  async predict(files: string | readonly string[]): Promise<Float32Array> {
    return scoreFiles(this.open, typeof files === 'string' ? [files] : files);
  }

  dispose(): void {
    this.open.assembled.dispose();
  }
}

/**
 * Opens an artifact that `mdctr train` or `TrainedModel.save` wrote. The caller disposes it.
 * @param options.units Backbones and plugins of the script's own that the model was trained with.
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
