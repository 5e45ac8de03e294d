import type { Registry } from '@mdctr/core';
import { dataFingerprint, type EncodedData } from '@mdctr/data';
import type { StudyResults } from '@mdctr/report';
import {
  InProcessExecutor,
  MemoryStore,
  prepareStudy,
  runStudy,
  searchedSettings,
  type StudyConfig,
  type StudyObserver,
} from '@mdctr/study';

/** Runs a study on one data set in this process; nothing is written. */
export async function runInProcess(
  config: StudyConfig,
  registry: Registry,
  data: EncodedData,
  observer: StudyObserver = {},
): Promise<StudyResults> {
  const executor = new InProcessExecutor({ registry, precision: config.training.precision, quiet: true });
  const openData = async () => ({
    bySetting: config.settings.map(() => data),
    fingerprints: config.settings.map(() => dataFingerprint(data)),
    searched: searchedSettings(config),
  });
  const prepared = await prepareStudy({ config, packages: [] }, openData, executor, observer);
  return runStudy(prepared, executor, new MemoryStore(), observer);
}
