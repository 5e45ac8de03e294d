import {
  DomainPlugin,
  FEATURE_SCHEMA,
  inject,
  Plugin,
  RANDOM,
  type BuiltNetwork,
  type Diagnostics,
  type FeatureSchema,
  type Step,
  type Variant,
} from '@mdctr/core';
import { constant, type Parameter, type Random, toNumber } from '@mdctr/tensor';
import { adaptedParameters } from './adapted-parameters.js';
import { AdaptedValues } from './adapted-values.js';
import { AdaptedVariant } from './adapted-variant.js';
import type { InnerRule } from './inner-loop.js';
import { inFormFor, metaGradients } from './meta-gradients.js';
import { checkTogether, MamlOptions } from './options.js';

/**
 * Model-agnostic meta-learning with domains as tasks: the step improves what a few inner steps on a domain's support
 * rows make of its query rows. Sources: Finn et al., ICML 2017, arXiv 1703.03400, algorithm 1; learned rates: Li et al.,
 * arXiv 1707.09835 (Meta-SGD); as a multi-domain baseline: Luo et al., ICDE 2023, arXiv 2202.12524.
 */
@Plugin('maml', {
  options: MamlOptions,
  source: 'arXiv:1703.03400',
  description: 'Trains for fast adaptation: domains are tasks, each step looks ahead by inner steps.',
  check: checkTogether,
  owns: {
    step: 'computes the gradients of a step by inner steps of its own',
    'shared network': 'adapts one network that all domains share',
  },
})
export class Maml extends DomainPlugin {
  private readonly rates = new Map<Parameter, Parameter>();
  private rule!: InnerRule;
  private adapted: readonly AdaptedVariant[] = [];

  constructor(
    private readonly options: MamlOptions,
    @inject(FEATURE_SCHEMA) private readonly schema: FeatureSchema,
    @inject(RANDOM) private readonly random: Random,
  ) {
    super();
  }

  override built({ parameters, scope }: BuiltNetwork): void {
    const { adapt, rate, innerRate, innerOptimizer: optimizer, evaluation } = this.options;
    const chosen = adaptedParameters(parameters, adapt);
    if (rate === 'learned') {
      const rates = scope.scope('rate');
      for (const p of chosen) this.rates.set(p, rates.parameter(p.path, p.shape, constant(innerRate)));
    }
    this.rule = { parameters: chosen, optimizer, rateOf: (p) => this.rates.get(p)?.value ?? innerRate };
    if (evaluation.steps === 0) return;
    const saved = evaluation.predict === 'adapted' ? scope.scope('adapted') : undefined;
    const values = new AdaptedValues(chosen, this.schema.domains.length - 1, saved);
    this.adapted = [new AdaptedVariant(this.rule, values, evaluation, this.random.seed)];
  }

  override step(_next: Step): Step | undefined {
    const { order, innerSteps, support } = this.options;
    if (innerSteps === 0 || support === 0) return undefined;
    return (batch, context) => {
      const gradients = inFormFor(order, () => metaGradients(batch, context, this.rule, this.options));
      context.apply(gradients);
      const loss = toNumber(gradients.loss);
      context.release(gradients);
      return loss;
    };
  }

  override variants(): readonly Variant[] {
    return this.adapted;
  }

  /** Mean of the learned rates by parameter. */
  override diagnostics(): Diagnostics | undefined {
    if (this.rates.size === 0) return undefined;
    const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    return { rates: Object.fromEntries([...this.rates].map(([{ path }, rate]) => [path, mean(rate.toHost())])) };
  }
}
