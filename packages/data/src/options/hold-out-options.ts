import { Type, type Static } from 'typebox';

/** A domain that is made a new one; the option `holdOut`. */
export const HoldOut = Type.Object(
  {
    domain: Type.Union(
      [
        Type.String(),
        Type.Object({
          rank: Type.Integer({ minimum: 1, description: 'Place of the domain by training rows: 1 is the largest.' }),
        }),
      ],
      { description: 'Label of the domain, or {"rank": k}, the k-th largest by training rows.' },
    ),
    trainRows: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('all')], {
      default: 0,
      description:
        'Training rows of the domain that are kept: the earliest of a split by time, drawn ones otherwise; "all" keeps every one.',
    }),
    seed: Type.Integer({
      minimum: 0,
      default: 1,
      description: 'Seed of the draw of the rows that are kept; a split by time draws nothing.',
    }),
  },
  {
    description:
      'Makes a domain a new one, for studies of transfer: training and validation do without it, and the test rows are its own alone.',
  },
);

export type HoldOutOptions = Static<typeof HoldOut>;
