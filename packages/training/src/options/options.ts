import { taggedUnion } from '@mdctr/core';
import { METRICS, SELECTABLE } from '@mdctr/metrics';
import { OPTIMIZERS } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { AveragingOptions } from '../averaging/options.js';
import { CalibrationOptions } from '../calibration/options.js';
import { DomainSampling, DomainWeights } from '../loss/domain-shares.js';
import { ClassWeights, TrainingLoss } from '../loss/options.js';
import { RegularizationOptions } from '../loss/regularization.js';
import { BaseMarginOptions } from '../margin/options.js';
import { ScheduleOptions } from '../schedule/options.js';

const OptimizerOptions = taggedUnion(
  'kind',
  OPTIMIZERS.map(({ options }) => options),
  { description: 'How gradients change weights.', default: { kind: 'adam' } },
);

const LOWER_IS_BETTER = METRICS.filter(({ better }) => better === 'lower').map(({ name }) => name);

/** The section `training` of a config. */
export const TrainingOptions = Type.Object(
  {
    epochs: Type.Integer({ minimum: 1, default: 5, description: 'Passes over the training rows, at most.' }),
    batchSize: Type.Integer({ minimum: 1, default: 1024, description: 'Rows of a step.' }),
    accumulate: Type.Integer({
      minimum: 1,
      default: 1,
      description:
        'Batches whose gradients make one update: as a batch of so many times the size, in the memory of one.',
    }),
    batchDomains: Type.Enum(['mixed', 'single'], {
      default: 'mixed',
      description:
        'Rows of a step: of all domains, or of a single one, drawn by its number of rows; every row comes once an epoch either way.',
    }),
    negativeSampling: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      default: 1,
      description:
        'Probability of keeping a training row without a click, drawn anew every epoch. Predictions are made those of all rows: ' +
        'p / (p + (1 - p) / rate).',
    }),
    unknownRate: Type.Number({
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0,
      description:
        'Probability, in training batches alone, of taking a value for unknown: each one of a field and each element of a list, drawn anew every ' +
        'epoch, but not numbers, nor fields that form, determine or describe the domain. So the embedding of unknown values is trained.',
    }),
    domainSampling: DomainSampling,
    domainWeights: DomainWeights,
    optimizer: OptimizerOptions,
    schedule: ScheduleOptions,
    regularization: RegularizationOptions,
    averaging: AveragingOptions,
    evaluateEvery: Type.Integer({
      minimum: 0,
      default: 0,
      description:
        'Steps of an epoch between two evaluations of the validation rows, beside that at its end; 0 for that one alone. ' +
        'The weights of the best evaluation are kept. `patience` and the schedule `plateau` count evaluations.',
    }),
    evaluateAtStart: Type.Boolean({
      default: false,
      description:
        'Evaluate before the first step too, so that the weights that training begins with are kept if no later ones are better.',
    }),
    selectBy: Type.Enum([...SELECTABLE], {
      default: 'auc',
      description:
        'Validation metric by which the best evaluation is chosen; its weights are kept. The least is the best of ' +
        `${LOWER_IS_BETTER.slice(0, -1).join(', ')} and ${LOWER_IS_BETTER.at(-1)}, the most of the others.`,
    }),
    patience: Type.Integer({
      minimum: 1,
      default: 1,
      description:
        'Stop after this many evaluations in a row without a better validation metric: epochs, unless `evaluateEvery` adds others.',
    }),
    minDelta: Type.Number({
      minimum: 0,
      default: 0,
      description:
        'Patience runs on where the metric is better by no more than this. The weights kept are those of the best evaluation all the same.',
    }),
    baseMargin: BaseMarginOptions,
    loss: TrainingLoss,
    classWeights: ClassWeights,
    labelSmoothing: Type.Number({
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0,
      description: 'In the training loss alone, labels 0 and 1 count as s / 2 and 1 - s / 2.',
    }),
    clipNorm: Type.Number({
      minimum: 0,
      default: 0,
      description:
        'Largest Euclidean norm of all gradients of a step together, embeddings included; larger ones are scaled down to it. 0 for none.',
    }),
    maxLoss: Type.Number({
      exclusiveMinimum: 0,
      default: 1e4,
      description: 'A step whose loss, penalties included, is above this stops the training: it has exploded.',
    }),
    calibration: CalibrationOptions,
    checkpoint: Type.Object(
      {
        everySeconds: Type.Number({
          minimum: 0,
          default: 300,
          description: 'Least time between two checkpoints within an epoch; 0 for none within epochs.',
        }),
        epochEnd: Type.Boolean({ default: true, description: 'A checkpoint at the end of each epoch.' }),
      },
      { default: {}, description: 'When `mdctr train` saves what `--resume` goes on from.' },
    ),
    limits: Type.Object(
      {
        minutes: Type.Number({
          minimum: 0,
          default: 0,
          description: 'Most minutes that a trial may take from its start or resumption; 0 for no limit.',
        }),
        memoryGiB: Type.Number({
          minimum: 0,
          default: 0,
          description: 'Most memory that the process of a trial may have, data included; 0 for no limit.',
        }),
      },
      { default: {}, description: 'What `mdctr bench` lets a trial take; one that takes more is recorded as failed.' },
    ),
    precision: Type.Enum(['float32', 'bfloat16'], {
      default: 'float32',
      description:
        'bfloat16: dense layers multiply in bfloat16 where the CPU makes that faster; sums and storage stay float32.',
    }),
  },
  { description: 'Training.' },
);

/** The section with every default filled in, as a validated config has it. */
export type TrainingOptions = Static<typeof TrainingOptions>;

/** The same as programs may write it: what is not among the first keys may be left out. */
export type PartialTrainingOptions = Partial<TrainingOptions> &
  Pick<TrainingOptions, 'epochs' | 'batchSize' | 'batchDomains' | 'optimizer' | 'selectBy' | 'patience' | 'precision'>;

/** Whether the first weights are evaluated: with a base margin they are a model already. */
export const evaluatesAtStart = ({ evaluateAtStart, baseMargin }: TrainingOptions): boolean =>
  evaluateAtStart || baseMargin.kind !== 'none';

/** Fills in the defaults of what is left out. A config has them since it was validated. */
export function completeOptions(options: PartialTrainingOptions): TrainingOptions {
  return Value.Default(TrainingOptions, structuredClone(options)) as TrainingOptions;
}
