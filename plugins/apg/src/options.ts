import { MdctrError, nearest, type FeatureSchema, type OptionProblem } from '@mdctr/core';
import { Type, type Static } from 'typebox';

/** Options of APG; where the paper leaves a choice open the default is this project's, see docs/methods/apg.md. */
export const ApgOptions = Type.Object({
  condition: Type.Enum(['domain', 'fields', 'input'], {
    default: 'domain',
    description:
      'What weights are generated from: the domain embedding (group-wise), the embeddings of `fields` (mix-wise), or the ' +
      'input of the layer (self-wise).',
  }),
  fields: Type.Array(Type.String(), {
    uniqueItems: true,
    default: [],
    description: 'Names of the fields that condition the weights. Used by condition `fields` alone.',
  }),
  aggregation: Type.Enum(['input', 'sum', 'attention'], {
    default: 'input',
    description:
      'How several fields act together: their embeddings are joined before the hyper-network (input), or each field has a ' +
      'hyper-network and the generated weights are added up, evenly (sum) or by learned shares (attention).',
  }),
  layers: Type.Enum(['all', 'deep', 'cross'], {
    default: 'all',
    description: 'Which affine layers get generated weights; the last layer, which gives the logit, never does.',
  }),
  rank: Type.Integer({
    minimum: 1,
    default: 8,
    description: 'Rank K of the generated kernels; a layer narrower than that has its width as rank.',
  }),
  layerRanks: Type.Array(Type.Integer({ minimum: 1 }), {
    default: [],
    description:
      'Rank of each deep layer and of each cross layer, first to last, in place of `rank`; the last one serves the rest.',
  }),
  sharedFactors: Type.Boolean({
    default: true,
    description: 'Share U and V among all conditions and generate S alone; otherwise all three are generated.',
  }),
  overParameterization: Type.Integer({
    minimum: 0,
    default: 64,
    description:
      'Inner width P of the products that U and V are trained as; 0 for none. Unused where U and V are generated.',
  }),
  hyperUnits: Type.Array(Type.Integer({ minimum: 1 }), {
    default: [],
    description: 'Hidden widths of the hyper-network; none makes it one affine map.',
  }),
  generatedBias: Type.Boolean({
    default: false,
    description: 'Generate the bias of each layer as well, in place of one shared bias.',
  }),
});

export type ApgOptions = Static<typeof ApgOptions>;

/** Options that the schema accepts one by one and that do not fit together. */
export function checkTogether(options: ApgOptions): OptionProblem | undefined {
  const { condition, fields, sharedFactors, overParameterization: inner } = options;
  if (condition === 'fields' && fields.length === 0) {
    return { path: ['fields'], what: 'condition "fields" needs fields.', expected: 'names of fields' };
  }
  const rank = Math.max(...(options.layerRanks.length > 0 ? options.layerRanks : [options.rank]));
  if (!sharedFactors || inner === 0 || inner >= rank) return undefined;
  return {
    path: ['overParameterization'],
    what: 'an inner width below the rank would lower the rank of U and V.',
    expected: `0, or at least the rank (${rank})`,
  };
}

/**
 * Whether the fields that condition the weights are in the data.
 * @throws MdctrError MDCTR_CONFIG_VALUE for one that is not.
 */
export function checkFields({ condition, fields }: ApgOptions, schema: FeatureSchema): void {
  const names = schema.fields.map(({ name }) => name);
  const unknown = condition === 'fields' ? fields.find((name) => !names.includes(name)) : undefined;
  if (unknown === undefined) return;
  const near = nearest(unknown, names);
  throw new MdctrError('MDCTR_CONFIG_VALUE', {
    what: `apg: the data have no field "${unknown}".`,
    path: 'fields',
    expected: `names out of ${names.join(', ')}`,
    ...(near && { hint: `Did you mean "${near}"?` }),
  });
}
