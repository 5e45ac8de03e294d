import type { ConfigDocument, ConfigSections, Registry } from '@mdctr/core';
import { DataOptions } from '@mdctr/data';
import { SELECTABLE } from '@mdctr/metrics';
import { AnalysisOptions } from '@mdctr/report';
import { MethodSpace, searchSchema } from '@mdctr/search';
import { BudgetOptions } from './budget/options.js';
import { refuseNonsense, TrainingOptions } from '@mdctr/training';

/** The sections that config schemas are composed of. */
export function configSections(registry: Registry): ConfigSections {
  return {
    registry,
    data: DataOptions,
    training: TrainingOptions,
    study: { search: searchSchema(SELECTABLE), budget: BudgetOptions },
    whole: { analyses: AnalysisOptions },
    method: { search: MethodSpace },
  };
}

/** What a schema cannot say about options of training. */
export function refuseNonsenseOf(
  { training, data }: { training: TrainingOptions; data: DataOptions },
  document: ConfigDocument,
): void {
  refuseNonsense(training, {
    grouped: data.gaucBy !== undefined,
    locate: (path) => document.locate(['training', ...path]),
  });
}
