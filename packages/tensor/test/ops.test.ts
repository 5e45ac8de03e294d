import { describe, it } from 'vitest';
import * as t from '../src/index.js';
import { analyticGradients, expectClose, native, numericGradients, numbers } from './numeric.js';
import { cases } from './op-cases.js';

describe.each([
  ['native', false],
  ['portable', true],
] as const)('%s ops', (form, portable) => {
  const run = <T>(body: () => T): T => (portable ? t.withPortableOps(body) : body());
  it.skipIf(form === 'native' && !native).each(cases)(
    '%s has the gradient of its finite differences',
    (_name, op, shapes) => {
      run(() => {
        const { gradients } = analyticGradients(op, shapes);
        const numeric = numericGradients(op, shapes);
        gradients.forEach((gradient, i) => expectClose(gradient, numeric[i]!, 2e-2));
      });
    },
  );
});

describe.skipIf(!native)('native and portable forms agree', () => {
  it.each(cases)('%s', (_name, op, shapes) => {
    const fast = analyticGradients(op, shapes);
    const slow = t.withPortableOps(() => analyticGradients(op, shapes));
    expectClose(fast.values, slow.values, 1e-5);
    fast.gradients.forEach((gradient, i) => expectClose(gradient, slow.gradients[i]!, 1e-4));
  });
});

describe('portable ops have second derivatives', () => {
  it.each(cases)('%s', (_name, op, shapes) => {
    t.withPortableOps(() => {
      // The gradients of the op, side by side, as an op of their own.
      const gradient = (...inputs: t.Tensor[]): t.Tensor => {
        const weighted = (): t.Scalar => {
          const y = op(...inputs);
          return t.sum(t.mul(t.mul(y, y), t.tensor(numbers(y.size, 5), y.shape))) as t.Scalar;
        };
        const { gradients } = t.valueAndGradients(weighted, inputs);
        return t.concat(gradients.map((each) => t.reshape(each!, [-1])));
      };
      const second = analyticGradients(gradient, shapes).gradients;
      const numeric = numericGradients(gradient, shapes, 5e-3);
      second.forEach((each, i) => {
        const scale = Math.max(1, ...numeric[i]!.map(Math.abs));
        expectClose(
          each.map((value) => value / scale),
          numeric[i]!.map((value) => value / scale),
          2e-2,
        );
      });
    });
  });
});
