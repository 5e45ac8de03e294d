import { Type, type Static } from 'typebox';
import type { Analyses } from './types.js';

/** Analyses that a terminal shows unless the config says otherwise. */
export const SHOWN: readonly (keyof Analyses)[] = ['otherRows'];

/** The section `analyses` of a study's config: what is computed beside the table. */
export const AnalysisOptions = Type.Object(
  {
    buckets: Type.Integer({
      minimum: 0,
      maximum: 20,
      default: 3,
      description: 'Buckets of domains by training rows that gains are given for; 0 for none.',
    }),
    ownNetwork: Type.Optional(
      Type.Union([Type.String({ minLength: 1 }), Type.Literal(false)], {
        description:
          'Label of the method with a network for each domain, which the domains of all others are compared with; by default the ' +
          'method whose only plugin is per-domain. false for no such comparison.',
      }),
    ),
    show: Type.Array(Type.Enum(['otherRows', 'buckets', 'ownNetwork', 'realised', 'overlap']), {
      default: [...SHOWN],
      description: 'Whose tables the terminal shows; table.md, table.tex and report.html have all of them.',
    }),
    otherRows: Type.Boolean({
      default: true,
      description: 'Test gains over seeds and rows together, from the scores of all trials, at the end of the study.',
    }),
    overlap: Type.Boolean({
      default: true,
      description: 'Compare what plugins say of pairs of domains with how alike the domains are.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'What is computed beside the table.' },
);

export type AnalysisOptions = Static<typeof AnalysisOptions>;
