import { taggedUnion } from '@mdctr/core';
import { SELECTABLE } from '@mdctr/metrics';
import { Type, type Static } from 'typebox';

const warmupSteps = Type.Integer({
  minimum: 0,
  default: 0,
  description: 'First steps, over which the rate grows evenly up to the optimizer’s learningRate.',
});
const endFactor = Type.Number({
  minimum: 0,
  maximum: 1,
  default: 0,
  description: 'Factor on the learning rate that the planned end of training is reached with.',
});
const factor = (value: number, when: string) =>
  Type.Number({
    exclusiveMinimum: 0,
    maximum: 1,
    default: value,
    description: `The rate is multiplied by this ${when}.`,
  });

/** `training.schedule`: how the learning rate changes while a model is trained. */
export const ScheduleOptions = taggedUnion(
  'kind',
  [
    Type.Object({ kind: Type.Literal('constant'), warmupSteps }),
    Type.Object({ kind: Type.Literal('linear'), warmupSteps, endFactor }),
    Type.Object({ kind: Type.Literal('cosine'), warmupSteps, endFactor }),
    Type.Object({
      kind: Type.Literal('step'),
      warmupSteps,
      everyEpochs: Type.Number({
        exclusiveMinimum: 0,
        default: 1,
        description: 'Epochs, counted from the end of the warm-up, between two changes; fractions are allowed.',
      }),
      factor: factor(0.5, 'every `everyEpochs`'),
    }),
    Type.Object({
      kind: Type.Literal('exponential'),
      warmupSteps,
      factor: factor(0.8, 'over an epoch, evenly from step to step'),
    }),
    Type.Object({
      kind: Type.Literal('oneCycle'),
      warmupShare: Type.Number({
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        default: 0.3,
        description: 'Share of the planned steps over which the rate grows up to the optimizer’s learningRate.',
      }),
      startFactor: Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        default: 0.04,
        description: 'Factor on the learning rate of the first step.',
      }),
      endFactor: Type.Number({
        minimum: 0,
        maximum: 1,
        default: 4e-6,
        description: 'Factor on the learning rate of the last planned step.',
      }),
    }),
    Type.Object({
      kind: Type.Literal('plateau'),
      warmupSteps,
      by: Type.Optional(
        Type.Enum([...SELECTABLE], {
          description: 'Validation metric that is watched; that of selectBy without it.',
        }),
      ),
      factor: factor(0.1, 'when the metric no longer gets better'),
      patience: Type.Integer({
        minimum: 1,
        default: 1,
        description:
          'Evaluations (epochs, unless `evaluateEvery` adds others) in a row without a better metric before the rate goes down; less than training.patience, which would end the training first.',
      }),
      minDelta: Type.Number({
        minimum: 0,
        default: 0,
        description: 'A metric that is better by no more than this counts as no better.',
      }),
      cooldown: Type.Integer({
        minimum: 0,
        default: 0,
        description: 'Evaluations after a change that do not count, whatever the metric.',
      }),
      minFactor: Type.Number({
        minimum: 0,
        maximum: 1,
        default: 1e-4,
        description: 'Factor on the learning rate that it does not go below.',
      }),
    }),
  ],
  {
    description: 'How the learning rate changes; every kind multiplies optimizer.learningRate by a factor.',
    default: { kind: 'constant', warmupSteps: 0 },
  },
);

export type ScheduleOptions = Static<typeof ScheduleOptions>;
export type PlateauOptions = Extract<ScheduleOptions, { kind: 'plateau' }>;
