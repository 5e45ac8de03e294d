import { Type, type Static } from 'typebox';

/** What a row's columns are made of. */
export const FORMS = ['values', 'means'] as const;

export type Form = (typeof FORMS)[number];

/** Options of the baseline. */
export const LogisticOptions = Type.Object({
  columns: Type.Union([...FORMS.map((form) => Type.Literal(form)), Type.Literal('either')], {
    default: 'either',
    description:
      'values: a coefficient for each value of each field; means: smoothed mean labels of values, and of domain and value; numbers are in ' +
      'both. either: the validation rows choose. Not both at once, for a row’s mean without its own fold tells its label to a model that ' +
      'knows its value.',
  }),
  l2: Type.Number({
    exclusiveMinimum: 0,
    default: 3,
    description:
      'Weight of half the sum of squared coefficients beside the sum of the rows’ log losses; 1 / C of scikit-learn.',
  }),
  crosses: Type.Boolean({
    default: false,
    description: 'With values: give each pair of domain and value a coefficient too.',
  }),
  iterations: Type.Integer({ minimum: 1, default: 200, description: 'Steps of L-BFGS at most.' }),
  patience: Type.Integer({
    minimum: 1,
    default: 10,
    description: 'Steps without a better log loss of the validation rows after which it stops; the best one counts.',
  }),
});

export type LogisticOptions = Static<typeof LogisticOptions>;
