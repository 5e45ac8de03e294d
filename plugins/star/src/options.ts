import { ACTIVATIONS } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

/** Options of STAR; where the paper leaves a choice open the default is this project's, see docs/methods/star.md. */
export const StarOptions = Type.Object({
  layers: Type.Array(Type.Enum(['deep', 'cross', 'logit']), {
    uniqueItems: true,
    default: ['deep', 'cross', 'logit'],
    description: 'Which affine layers get a kernel a domain (star topology); none switches the topology off.',
  }),
  domainBias: Type.Boolean({
    default: true,
    description: 'Those layers also get a bias a domain, added to the shared one.',
  }),
  normalization: Type.Enum(['input', 'hidden', 'all', 'none'], {
    default: 'input',
    description:
      'Where partitioned normalisation stands: at the input of towers, in place of the batch norms between their layers (a backbone without has none to replace), both, or nowhere.',
  }),
  momentum: Type.Number({
    exclusiveMinimum: 0,
    maximum: 1,
    default: 0.1,
    description: 'Share of a batch in the moving mean and variance of its domains.',
  }),
  epsilon: Type.Number({
    exclusiveMinimum: 0,
    default: 1e-3,
    description: 'Added to the variance in the normalisation; see docs/methods/star.md before making it smaller.',
  }),
  auxiliary: Type.Object(
    {
      enabled: Type.Boolean({
        default: true,
        description: 'A small network on the domain embedding and all embedded fields adds its logit.',
      }),
      hiddenUnits: Type.Array(Type.Integer({ minimum: 1 }), {
        default: [32],
        description: 'Width of each of its hidden layers; none makes it one affine map.',
      }),
      activation: Type.Enum([...ACTIVATIONS], { default: 'relu', description: 'Activation of its hidden layers.' }),
    },
    { default: {}, additionalProperties: false, description: 'Auxiliary network.' },
  ),
});

export type StarOptions = Static<typeof StarOptions>;
