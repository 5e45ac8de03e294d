import { packageIdentity, type PackageRequest } from '@mdctr/config';
import type { TrainingIdentity } from '@mdctr/training';
import type { StudyConfig } from '../config/types.js';

/**
 * What must be the same for a study to go on in a folder of results: everything in the config that decides about results,
 * the packages' versions, and facts about data and machine (`facts`). The data's options count by what they made of the
 * data, names and paths not at all.
 * @throws MdctrError MDCTR_PACKAGE_MISSING.
 */
export function studyIdentity(
  { backbones, methods, baselines = [], seeds, settings }: StudyConfig,
  packages: readonly PackageRequest[],
  facts: Readonly<Record<string, unknown>>,
): TrainingIdentity {
  const deciding = settings.map(({ label, fold, embedding, training, search, budget }) => {
    const ofWeights = { ...training, checkpoint: undefined, limits: undefined };
    return { label, fold, embedding, training: ofWeights, search, budget };
  });
  // Without any a study is the one that it was before there were baselines.
  const named = baselines.length > 0 ? { baselines } : {};
  const identity = {
    backbones,
    methods,
    ...named,
    seeds,
    settings: deciding,
    packages: packageVersions(packages),
    ...facts,
  };
  return JSON.parse(JSON.stringify(identity)) as TrainingIdentity;
}

/**
 * States of packages by the names that they go by.
 * @throws MdctrError MDCTR_PACKAGE_MISSING.
 */
export function packageVersions(packages: readonly PackageRequest[]): Record<string, string> {
  // Two files may have one name, seen from two folders.
  const nameOf = ({ specifier }: PackageRequest, i: number): string => {
    const before = packages.slice(0, i).filter((other) => other.specifier === specifier).length;
    return before === 0 ? specifier : `${specifier} (${before + 1})`;
  };
  return Object.fromEntries(packages.map((request, i) => [nameOf(request, i), packageIdentity(request)]));
}
