import type { ConfigDocument } from '@mdctr/config';
import { DataOptions } from '@mdctr/data';
import { SELECTABLE } from '@mdctr/metrics';
import { AnalysisOptions } from '@mdctr/report';
import { MethodSpace, searchSchema } from '@mdctr/search';
import { validateOptions, TrainingOptions } from '@mdctr/training';
import { Type, type TSchema } from 'typebox';
import { BudgetOptions } from '../budget/options.js';

/** Schemas of the sections that configs are composed of; each belongs to the package that reads it. */
export interface ConfigSections {
  readonly data: TSchema;
  readonly training: TSchema;
  /** Optional sections of a study, by key; its settings may change them too. */
  readonly study: Readonly<Record<string, TSchema>>;
  /** Sections of a study that hold for all of its settings. */
  readonly whole: Readonly<Record<string, TSchema>>;
  /** Optional options of a study's methods, by key. */
  readonly method: Readonly<Record<string, TSchema>>;
}

export const SECTIONS: ConfigSections = {
  data: DataOptions,
  training: TrainingOptions,
  study: { search: searchSchema(SELECTABLE), budget: BudgetOptions },
  whole: { analyses: AnalysisOptions },
  method: { search: MethodSpace },
};

/** The section `embedding`. */
export const EmbeddingOptions = Type.Object(
  {
    dim: Type.Integer({ minimum: 1, default: 16, description: 'Width of one field’s embedding.' }),
    initStd: Type.Number({
      minimum: 0,
      default: 0.01,
      description: 'Standard deviation of the first values (normal).',
    }),
  },
  { default: {}, description: 'Embedding table.' },
);

/** What a schema cannot say about options of training. */
export function validateTraining(
  { training, data }: { training: TrainingOptions; data: DataOptions },
  document: ConfigDocument,
): void {
  validateOptions(training, {
    grouped: data.gaucBy !== undefined,
    locate: (path) => document.locate(['training', ...path]),
  });
}
