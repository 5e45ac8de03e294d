import { taggedUnion } from '@mdctr/core';
import { Type, type Static } from 'typebox';

const measured = Type.Boolean({
  default: false,
  description: 'Whether tables have a line `METHOD (calibrated)`, of the calibrated scores of the test rows.',
});

/** The option `training.calibration`. */
export const CalibrationOptions = taggedUnion(
  'kind',
  [
    Type.Object({ kind: Type.Literal('none') }),
    Type.Object({
      kind: Type.Literal('scale'),
      strength: Type.Number({
        minimum: 0,
        default: 200,
        description:
          'Pulls the scale and shift of a domain towards those of all rows as if the domain had so many more rows that say so.',
      }),
      measured,
    }),
    Type.Object({
      kind: Type.Literal('isotonic'),
      strength: Type.Number({
        minimum: 0,
        default: 1000,
        description:
          'Pulls the curve of a domain towards that of all rows as if the domain had so many more rows that say so.',
      }),
      measured,
    }),
  ],
  {
    default: { kind: 'scale' },
    description:
      'How scores are calibrated by domain on the validation rows, after training. scale: a scale and a shift of the logit. isotonic: a rising step function. Artifacts hold it; `mdctr predict --calibrated` applies it.',
  },
);

export type CalibrationOptions = Static<typeof CalibrationOptions>;
