import { Backbone, type BackboneBuilder, type Forward, type NetworkBuilder } from '@mdctr/core';
import { relu } from '@mdctr/tensor';

const description = 'Broken on purpose.';

/** Computes everything itself. */
@Backbone('silent', { description })
export class Silent implements BackboneBuilder {
  build(net: NetworkBuilder): Forward {
    const map = net.scope('own').dense('map', net.inputs, 1);
    return (embedded) => map(embedded.flat());
  }
}

/** Announces a hidden site and goes on with its own value. */
@Backbone('deaf', { description })
export class Deaf implements BackboneBuilder {
  build(net: NetworkBuilder): Forward {
    const map = net.affine('deep/0', net.inputs, 6, { kind: 'deep', index: 0 });
    const hidden = net.hidden('deep/0', 6, { kind: 'deep', index: 0 });
    const logit = net.logit('logit', 6);
    return (embedded, batch) => {
      const h = relu(map.forward(embedded.flat(), batch));
      hidden(h, batch);
      return logit(h, batch);
    };
  }
}

/** Announces another width than it has. */
@Backbone('wrong-width', { description })
export class WrongWidth implements BackboneBuilder {
  build(net: NetworkBuilder): Forward {
    const map = net.affine('deep/0', net.inputs, 6, { kind: 'deep', index: 0 });
    const hidden = net.hidden('deep/0', 7, { kind: 'deep', index: 0 });
    const logit = net.logit('logit', 6);
    return (embedded, batch) => logit(hidden(relu(map.forward(embedded.flat(), batch)), batch), batch);
  }
}
