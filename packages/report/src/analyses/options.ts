import { Type, type Static } from 'typebox';

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
    overlap: Type.Boolean({
      default: true,
      description: 'Compare what plugins say of pairs of domains with how alike the domains are.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'What is computed beside the table.' },
);

export type AnalysisOptions = Static<typeof AnalysisOptions>;
