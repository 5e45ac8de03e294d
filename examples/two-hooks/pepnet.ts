import {
  DomainPlugin,
  FEATURE_SCHEMA,
  inject,
  MdctrError,
  Plugin,
  type EmbeddingInterceptor,
  type EmbeddingSite,
  type FeatureSchema,
  type HiddenInterceptor,
  type HiddenSite,
  type ParameterScope,
} from '@mdctr/core';
import { concat, mul, relu, sigmoid, stopGradient, zeros, type Tensor } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  prior: Type.Array(Type.String(), {
    default: [],
    description: 'Fields that hidden layers are gated by, e.g. user and item; none leaves hidden layers alone.',
  }),
  gateUnits: Type.Integer({ minimum: 1, default: 16, description: 'Hidden width of each gate.' }),
});

/**
 * PEPNet (Chang et al., KDD 2023, arXiv:2302.01115): EPNet, a gate by domain over all embeddings (section 3.2), and PPNet,
 * a gate by user and item over every hidden layer (section 3.3). A gate has factors between 0 and 2. Its last map begins
 * at 0, where the paper draws it: so every factor begins at 1 and training at the plain backbone.
 */
@Plugin('pepnet', {
  options: Options,
  source: 'arXiv:2302.01115',
  description: 'Gates embeddings by domain, and hidden layers by fields of the row.',
})
export class PepNet extends DomainPlugin {
  constructor(
    private readonly options: Static<typeof Options>,
    @inject(FEATURE_SCHEMA) schema: FeatureSchema,
  ) {
    super();
    const names = schema.fields.map(({ name }) => name);
    const unknown = options.prior.find((name) => !names.includes(name));
    if (unknown === undefined) return;
    throw new MdctrError('PEPNET_PRIOR', {
      what: `pepnet: the data have no field "${unknown}".`,
      path: 'prior',
      expected: `some of ${names.join(', ')}`,
    });
  }

  /** EPNet: one gate for all fields, from the domain's embedding and the embeddings themselves. */
  override embedding(site: EmbeddingSite): EmbeddingInterceptor {
    const width = site.fields * site.dim;
    const gate = this.gate(site.scope('gate'), site.domainWidth + width, width);
    return (embedded, batch) => {
      const domain = batch.spread(batch.domains); // [rows, domain width]
      return embedded.map((flat) => mul(flat, gate(domain, flat))); // [rows, F k]
    };
  }

  /** PPNet: a gate a hidden layer, from the prior's fields and what EPNet has made of the embeddings. */
  override hidden(site: HiddenSite): HiddenInterceptor | undefined {
    const { prior } = this.options;
    if (prior.length === 0) return undefined;
    const inputs = (prior.length + site.schema.fields.length) * site.dim;
    const gate = this.gate(site.scope('gate'), inputs, site.units);
    return (h, { embedded }) => {
      const own = prior.map((name) => embedded.field(name));
      return mul(h, gate(concat(own, 1), embedded.flat())); // [rows, units]
    };
  }

  /** Gate NU, equations 1 and 2: 2 sigma(relu((own, x) W + b) W' + b'). No gradient goes back into x. */
  private gate(scope: ParameterScope, inputs: number, units: number): (own: Tensor, x: Tensor) => Tensor {
    const first = scope.dense('first', inputs, this.options.gateUnits);
    const second = scope.dense('second', this.options.gateUnits, units, { kernel: zeros });
    return (own, x) => mul(sigmoid(second(relu(first(concat([own, stopGradient(x)], 1))))), 2);
  }
}
