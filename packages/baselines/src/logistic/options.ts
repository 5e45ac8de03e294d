import { Type, type Static } from 'typebox';

/** What a row's columns are made of. */
export const FORMS = ['means', 'values', 'crosses'] as const;

export type Form = (typeof FORMS)[number];

/** Options of the baseline. */
export const LogisticOptions = Type.Object({
  columns: Type.Union([...FORMS.map((form) => Type.Literal(form)), Type.Literal('best')], {
    default: 'best',
    description:
      'means: smoothed mean labels of values, and of domain and value; values: a coefficient for each value of each field; crosses: ' +
      'those, and one for each pair of domain and value; numbers are in all of them. best: the validation rows choose. Never means and ' +
      'values at once, for a row’s mean without its own fold tells its label to a model that knows its value.',
  }),
  l2: Type.Number({
    exclusiveMinimum: 0,
    default: 3,
    description:
      'Weight of half the sum of squared coefficients beside the sum of the rows’ log losses; 1 / C of scikit-learn.',
  }),
  iterations: Type.Integer({ minimum: 1, default: 200, description: 'Steps of L-BFGS at most.' }),
  patience: Type.Integer({
    minimum: 1,
    default: 10,
    description: 'Steps without a better log loss of the validation rows after which it stops; the best one counts.',
  }),
});

export type LogisticOptions = Static<typeof LogisticOptions>;
