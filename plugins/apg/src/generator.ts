import type { AffineSite, DomainBatch } from '@mdctr/core';
import { add, concat, mul, normal, slice, softmax, zeros, type Tensor } from '@mdctr/tensor';
import { conditionsOf, type Conditions } from './condition.js';
import { HyperNetwork, type GeneratedWeights, type Heads } from './hyper-network.js';
import { factorStarts, identity, type LowRank } from './initial-values.js';
import type { ApgOptions } from './options.js';

/** Generates the weights of one layer from its conditions. */
export class Generator {
  private readonly conditions: Conditions;
  private readonly networks: readonly HyperNetwork[];
  /** Scores of the conditions, [rows, parts]; absent where all weigh the same. */
  private readonly attention: ((z: Tensor) => Tensor) | undefined;

  constructor(site: AffineSite, size: LowRank, options: ApgOptions) {
    this.conditions = conditionsOf(site, options);
    const { parts } = this.conditions;
    const attend = options.aggregation === 'attention' && parts.length > 1;
    const heads = headsOf(size, options, attend ? 1 : parts.length);
    this.networks = parts.map(({ name, width }) => {
      const scope = site.scope('hyper');
      return new HyperNetwork(name === undefined ? scope : scope.scope(name), width, options.hyperUnits, heads);
    });
    const width = parts.reduce((sum, part) => sum + part.width, 0);
    this.attention = attend ? site.scope().dense('attention', width, parts.length) : undefined;
  }

  /** Whether each row has weights of its own; otherwise each domain of the batch has. */
  get byRow(): boolean {
    return this.conditions.byRow;
  }

  /** x [B, inputs] -> weights, one row for each row or for each domain of the batch. */
  generate(x: Tensor, batch: DomainBatch): GeneratedWeights {
    const z = this.conditions.parts.map((part) => part.read(x, batch));
    const generated = this.networks.map((network, j) => network.generate(z[j]!));
    if (generated.length === 1) return generated[0]!;
    const shares = this.attention && softmax(this.attention(concat(z, 1))); // [B, parts]
    const scaled = shares
      ? generated.map((weights, j) => mapWeights(weights, (value) => mul(value, slice(shares, [0, j], [-1, 1]))))
      : generated;
    return scaled.reduce((sum, weights) => mapWeights(sum, (value, head) => add(value, weights[head]!)));
  }
}

/** `share` is how many generators the start of the weights is divided among. */
function headsOf(size: LowRank, options: ApgOptions, share: number): Heads {
  const { inputs, units, rank } = size;
  const starts = factorStarts(size);
  // A sum of `share` independent draws has `share` times the variance of one.
  const spread = Math.sqrt(share);
  return {
    core: { size: rank * rank, start: identity(1 / share) },
    ...(options.generatedBias && { bias: { size: units, start: zeros } }),
    ...(!options.sharedFactors && {
      u: { size: rank * units, start: normal(starts.u / spread) },
      v: { size: inputs * rank, start: normal(starts.v / spread) },
    }),
  };
}

function mapWeights(
  weights: GeneratedWeights,
  change: (value: Tensor, head: keyof GeneratedWeights) => Tensor,
): GeneratedWeights {
  const entries = Object.entries(weights) as [keyof GeneratedWeights, Tensor][];
  return Object.fromEntries(entries.map(([head, value]) => [head, change(value, head)])) as unknown as GeneratedWeights;
}
