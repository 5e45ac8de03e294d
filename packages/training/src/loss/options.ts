import { taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';

/** `training.loss`: what is minimised, beside the plugins' penalties. */
export const TrainingLoss = taggedUnion(
  'kind',
  [
    Type.Object({ kind: Type.Literal('logLoss') }),
    Type.Object({
      kind: Type.Literal('focal'),
      gamma: Type.Number({
        minimum: 0,
        default: 2,
        description:
          'How much less rows count that are scored well: (1 - p)^gamma for the probability p of the label. 0 is log loss.',
      }),
      alpha: Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 1,
          description: 'Weight of clicks, that of other rows being 1 - alpha; without it both have weight 1.',
        }),
      ),
    }),
    Type.Object({
      kind: Type.Literal('pairwise'),
      weight: Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0.5,
        description: 'Share of the pairwise loss in the whole; the log loss has the rest.',
      }),
      within: Type.Enum(['domain'], {
        default: 'domain',
        description: 'Pairs are of a click and another row of the same domain in a batch.',
      }),
    }),
  ],
  { description: 'The loss that training minimises. Metrics do not change with it.', default: { kind: 'logLoss' } },
);

export type TrainingLoss = Static<typeof TrainingLoss>;

const classWeight = (rows: string) =>
  Type.Number({ minimum: 0, default: 1, description: `Weight of ${rows} in the log loss, or focal loss.` });

/** `training.classWeights`. */
export const ClassWeights = Type.Object(
  { positive: classWeight('clicks'), negative: classWeight('rows without a click') },
  {
    default: {},
    description:
      'How much rows count in the training loss by their label. Scores move with it: they are not calibrated unless both are alike.',
  },
);

export type ClassWeights = Static<typeof ClassWeights>;
