import { Backbone, towerOptions, type BackboneBuilder, type Forward, type NetworkBuilder } from '@mdctr/core';
import { concat } from '@mdctr/tensor';
import { Type, type Static } from 'typebox';

const Options = Type.Object({
  ...towerOptions, // hiddenUnits, activation, batchNorm, dropout
  skip: Type.Boolean({ default: true, description: 'The last layer also sees the embedded fields.' }),
});

/** A tower of hidden layers whose last layer sees the embedded fields beside the tower's output. */
@Backbone('unit-name', { options: Options, description: 'A tower with a skip connection from its input to the logit.' })
export class UnitName implements BackboneBuilder {
  constructor(private readonly options: Static<typeof Options>) {}

  /** Called once; each layer made by `net` announces its sites, so that every plugin finds its place. */
  build(net: NetworkBuilder): Forward {
    const { skip } = this.options;
    const tower = net.tower('deep', net.inputs, this.options);
    const logit = net.logit('logit', tower.outputs + (skip ? net.inputs : 0));
    // What is returned runs on every forward pass: embedded fields -> logit [rows, 1], before the sigmoid.
    return (embedded, batch) => {
      const x = embedded.flat(); // [rows, fields * dim]
      const h = tower(x, batch);
      return logit(skip ? concat([h, x], 1) : h, batch);
    };
  }
}
