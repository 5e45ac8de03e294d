import { Type, type Static } from 'typebox';
import { ANALYSES, type AnalysisKey, type OptionSchemas } from './list.js';

const schemas = Object.fromEntries(ANALYSES.map(({ key, option }) => [key, option])) as unknown as OptionSchemas;

/** Analyses that a terminal shows unless the config says otherwise. */
export const SHOWN: readonly AnalysisKey[] = ANALYSES.filter(({ shown }) => shown).map(({ key }) => key);

/** The section `analyses` of a study's config: what is computed beside the table. */
export const AnalysisOptions = Type.Object(
  {
    ...schemas,
    show: Type.Array(Type.Enum(ANALYSES.map(({ key }) => key)), {
      default: [...SHOWN],
      description: 'Whose tables the terminal shows; table.md, table.tex and report.html have all of them.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'What is computed beside the table.' },
);

export type AnalysisOptions = Static<typeof AnalysisOptions>;

/** The options that a study's config gives; none where it is not known. */
export const analysisOptionsOf = (config: unknown): Partial<AnalysisOptions> =>
  ((config ?? {}) as { analyses?: Partial<AnalysisOptions> }).analyses ?? {};
