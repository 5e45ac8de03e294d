import {
  DomainPlugin,
  inject,
  Plugin,
  SCHEDULE,
  splitByDomain,
  type HostBatch,
  type Schedule,
  type Step,
} from '@mdctr/core';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  from: Type.Integer({
    minimum: 0,
    default: 100,
    description: 'Steps after which each domain of a batch takes a step of its own.',
  }),
});

/** Joint steps at first, then one step for each domain of a batch, one after the other. */
@Plugin('unit-name', {
  options: Options,
  description: 'Trains domain by domain in the later part of training.',
  owns: { step: 'makes several steps of one batch' },
})
export class UnitName extends DomainPlugin {
  constructor(
    private readonly options: Static<typeof Options>,
    @inject(SCHEDULE) private readonly schedule: Schedule, // `step`: how many are done, saved with the weights
  ) {
    super();
  }

  /** Called once; what it returns runs in place of every training step and gives the loss. */
  override step(next: Step): Step {
    return (batch, context) => {
      // `next` is the usual step: gradients of the whole batch, applied once.
      if (this.schedule.step < this.options.from) return next(batch, context);
      const share = (part: HostBatch): number => part.rows / batch.rows;
      return splitByDomain(batch).reduce((loss, part) => loss + next(part, context) * share(part), 0);
    };
  }
}
