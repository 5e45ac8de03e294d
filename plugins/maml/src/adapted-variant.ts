import { splitByDomain, type AdaptationContext, type HostBatch, type Predict, type Variant } from '@mdctr/core';
import { tidy, toHost } from '@mdctr/tensor';
import { spansOf, type AdaptedValues, type HostValues } from './adapted-values.js';
import { InnerLoop, type InnerRule } from './inner-loop.js';
import type { MamlOptions } from './options.js';

/** Evaluation after k inner steps for each domain on training rows, from the meta parameters. */
export class AdaptedVariant implements Variant {
  readonly name = 'adapted';
  readonly selects: boolean;
  readonly serves: boolean;

  constructor(
    private readonly rule: InnerRule,
    private readonly adapted: AdaptedValues,
    private readonly options: MamlOptions['evaluation'],
    private readonly seed: number,
  ) {
    this.selects = options.selectBy === 'adapted';
    this.serves = options.predict === 'adapted';
  }

  async prepare(context: AdaptationContext): Promise<void> {
    await this.adapted.fill(async (domain) => this.adaptTo(await this.batchesOf(domain, context), context));
  }

  predict(next: Predict): Predict {
    return (batch) => {
      const scores = new Float32Array(batch.rows);
      splitByDomain(batch).forEach((part, g) => {
        const adaptedLogits = this.adapted.during(part.domainIds[0]!, () => next(part));
        scores.set(adaptedLogits, batch.domainStarts[g]);
      });
      return scores;
    };
  }

  /** theta' on the host. Each batch has an embedding look-up of its own; the table itself does not adapt. */
  private adaptTo(batches: readonly HostBatch[], context: AdaptationContext): HostValues {
    let values!: HostValues;
    tidy(() => {
      const loop = new InnerLoop(this.rule);
      for (const batch of batches) {
        const rows = context.lookup(batch);
        loop.step((at) => context.loss(batch, rows, { values: at, holdStates: true }));
      }
      values = spansOf([...loop.values].map(([parameter, value]) => [parameter, toHost(value)] as const));
    });
    return values;
  }

  /** One batch a step; a domain with few rows is gone through several times. */
  private async batchesOf(domain: number, context: AdaptationContext): Promise<HostBatch[]> {
    const { steps, batchSize } = this.options;
    const batches: HostBatch[] = [];
    for (let epoch = 1; batches.length < steps; epoch++) {
      const before = batches.length;
      const shuffle = { seed: this.seed, epoch };
      for await (const batch of context.trainingRows({ batchSize, domain, shuffle })) {
        batches.push(batch);
        if (batches.length === steps) break;
      }
      if (batches.length === before) break; // no training rows: it stays as it is
    }
    return batches;
  }
}
