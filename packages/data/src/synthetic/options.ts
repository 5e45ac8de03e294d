import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';

const strength = (value: number, what: string) =>
  Type.Optional(Type.Number({ minimum: 0, default: value, description: `${what}; 0: none.` }));

/** The form `kind: synthetic` of `data.source`. Strengths are standard deviations on the logit's scale. */
export const SyntheticSource = Type.Object({
  kind: Type.Literal('synthetic'),
  rows: Type.Integer({ minimum: 100, default: 150000, description: 'Number of impressions.' }),
  domains: Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: 10,
    description: 'Number of domains, of power-law size.',
  }),
  seed: Type.Integer({ minimum: 0, default: 2022, description: 'Seed of the process and of its rows.' }),
  fields: Type.Optional(
    Type.Array(Type.Integer({ minimum: 2, maximum: 1_000_000 }), {
      minItems: 2,
      default: [200, 100, 40, 20, 20, 24, 8, 5],
      description: 'Number of values of each field but the domain.',
    }),
  ),
  domainSkew: Type.Optional(
    Type.Number({
      minimum: 0,
      default: 1,
      description: 'Domain i has a share of the rows proportional to i^-domainSkew.',
    }),
  ),
  valueSkew: Type.Optional(
    Type.Number({ minimum: 0, default: 1.05, description: 'The same for the values of a field.' }),
  ),
  audienceShift: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0.2,
      description: 'Share of the values that are drawn from a popularity of the domain’s own.',
    }),
  ),
  clickRate: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, default: 0.2, description: 'Mean click probability.' }),
  ),
  labelNoise: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0.02,
      description: 'Share of the labels that are drawn at the click rate, whatever the impression.',
    }),
  ),
  shared: Type.Optional(
    Type.Object(
      {
        effects: strength(1.1, 'Effects of single values'),
        interactions: strength(0.6, 'Interactions of all pairs of fields (latent factors)'),
      },
      { default: {}, description: 'Strengths of what all domains have in common.' },
    ),
  ),
  specific: Type.Optional(
    Type.Object(
      {
        baseRate: strength(0.4, 'Shift of the base rate by domain'),
        fieldWeights: strength(0.5, 'How much a field’s shared effects count, by domain'),
        valueEffects: strength(0.5, 'Effects of single values that differ by domain'),
        interactions: strength(0.5, 'Interactions of four pairs of fields that differ by domain'),
      },
      { default: {}, description: 'Strengths of what differs by domain.' },
    ),
  ),
  clusters: Type.Optional(
    Type.Object(
      {
        count: Type.Optional(
          Type.Integer({
            minimum: 1,
            default: 3,
            description: 'Clusters of similar domains; domain i is in cluster i mod count.',
          }),
        ),
        similarity: Type.Optional(
          Type.Number({
            minimum: 0,
            maximum: 1,
            default: 0.6,
            description: 'Correlation of the specific structure of two domains of one cluster, before it is centred.',
          }),
        ),
      },
      { default: {}, description: 'Which domains are alike.' },
    ),
  ),
});

/** What a caller may leave out has the defaults of the schema. */
export type SyntheticOptions = Omit<Static<typeof SyntheticSource>, 'kind'>;

type Filled<T> = { readonly [K in keyof T]-?: Filled<NonNullable<T[K]>> };
export type SyntheticSettings = Filled<Omit<SyntheticOptions, 'fields'>> & { readonly fields: readonly number[] };

/** The options with every default filled in. */
export function syntheticSettings(options: SyntheticOptions): SyntheticSettings {
  return Value.Default(SyntheticSource, structuredClone(options)) as SyntheticSettings;
}
