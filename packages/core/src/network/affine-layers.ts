import { activate, affine, zeros, type Activation, type Initializer } from '@mdctr/tensor';
import type { AffineLayer, Layer } from './layer.js';
import type { ParameterScope } from './parameter-scope.js';

/** The layer, with something around its `forward`. */
export function layerOf(
  layer: AffineLayer,
  around: (forward: AffineLayer['forward']) => AffineLayer['forward'],
): AffineLayer {
  const { parameters, plain } = layer;
  return {
    parameters,
    ...(plain !== undefined && { plain }),
    forward: around((...args) => layer.forward(...args)),
  };
}

/** x W + b with parameters `kernel` and `bias`; `first` gives the kernel's first values. */
export function plainAffine(scope: ParameterScope, inputs: number, units: number, first: Initializer): AffineLayer {
  const kernel = scope.parameter('kernel', [inputs, units], first);
  const bias = scope.parameter('bias', [units], zeros);
  return {
    parameters: { kernel, bias },
    plain: true,
    forward: (x, _batch, weights) =>
      weights ? affine(x, weights.kernel, weights.bias) : affine(x, kernel.value, bias.value),
  };
}

/** act(norm(x W + b)), in one op where there is nothing between the map and the activation. */
export function activated(map: AffineLayer, norm: Layer | undefined, activation: Activation): Layer {
  const plainParameters = map.plain && !norm ? map.parameters : undefined;
  if (plainParameters) return (x) => affine(x, plainParameters.kernel.value, plainParameters.bias?.value, activation);
  return (x, batch) => {
    const z = map.forward(x, batch);
    return activate(activation, norm ? norm(z, batch) : z);
  };
}
