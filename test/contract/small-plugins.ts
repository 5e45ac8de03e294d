import { Random } from '@mdctr/base';
import {
  DomainPlugin,
  Plugin,
  splitByDomain,
  type AffineLayer,
  type AffineSite,
  type BuiltNetwork,
  type EmbeddingInterceptor,
  type Forward,
  type HiddenInterceptor,
  type HiddenSite,
  type Layer,
  type LogitInterceptor,
  type LogitSite,
  type NetworkSite,
  type NormSite,
  type Penalty,
  type Predict,
  type Step,
  type TowerSite,
  type Variant,
} from '@mdctr/core';
import { add, mul, Optimizer, ones, sgd, sum, toHost, type Scalar } from '@mdctr/tensor';
import { plainStep, stepContext } from '@mdctr/training';
import { assemble, data, dnn, firstBatch } from '../support/small-models.js';

@Plugin('nothing')
export class Nothing extends DomainPlugin {}

@Plugin('double-embedding')
export class DoubleEmbedding extends DomainPlugin {
  override embedding(): EmbeddingInterceptor {
    return (embedded) => embedded.map((flat) => mul(flat, 2));
  }
}

@Plugin('two-towers')
export class TwoTowers extends DomainPlugin {
  override tower(site: TowerSite): Layer {
    const [first, second] = [site.build(), site.build('second')];
    return (x, batch) => mul(add(first(x, batch), second(x, batch)), 0.5);
  }
}

/** STAR's form: the kernel of a domain is the shared one times its own. */
@Plugin('kernel-by-domain')
export class KernelByDomain extends DomainPlugin {
  override affine(site: AffineSite): AffineLayer {
    const inner = site.build();
    const factor = site.scope().parameter('factor', [site.schema.domains.length, 1], ones);
    return {
      parameters: inner.parameters,
      forward: (x, batch) =>
        batch.byDomain(x, (rows, part) => {
          const { kernel, bias } = inner.parameters!;
          const value = toHost(factor.value)[part.domainIds[0]!]!;
          return inner.forward(rows, part, { kernel: mul(kernel.value, value), bias: bias!.value });
        }),
    };
  }
}

@Plugin('input-shift')
export class InputShift extends DomainPlugin {
  override norm(site: NormSite): Layer | undefined {
    return site.place === 'input' ? (x) => add(x, 1) : undefined;
  }
}

@Plugin('plus-one')
export class PlusOne extends DomainPlugin {
  static sites: HiddenSite[] = [];
  override hidden(site: HiddenSite): HiddenInterceptor {
    PlusOne.sites.push(site);
    return (h) => add(h, 1);
  }
}

@Plugin('times-two')
export class TimesTwo extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h) => mul(h, 2);
  }
}

@Plugin('first-field-logit')
export class FirstFieldLogit extends DomainPlugin {
  override logit(site: LogitSite): LogitInterceptor {
    return (logit, _batch, embedded) => add(logit, sum(embedded.field(site.schema.fields[0]!.name), 1, true));
  }
}

/** Reads the embedded fields where only x and the batch are given: at an affine layer, whole and by domain. */
@Plugin('field-reader')
export class FieldReader extends DomainPlugin {
  static seen: { whole: Float32Array; parts: Float32Array; x: Float32Array } | undefined;
  override affine(site: AffineSite): AffineLayer | undefined {
    if (site.path !== 'deep/0') return undefined;
    const inner = site.build();
    return {
      parameters: inner.parameters,
      forward: (x, batch) => {
        const parts = batch.byDomain(x, (_rows, part) => part.embedded.flat());
        FieldReader.seen = { whole: toHost(batch.embedded.flat()), parts: toHost(parts), x: toHost(x) };
        return inner.forward(x, batch);
      },
    };
  }
}

@Plugin('constant-penalty')
export class ConstantPenalty extends DomainPlugin {
  override penalty(): Penalty {
    return (batch) => sum(mul(batch.shares, 10)) as Scalar;
  }
}

@Plugin('step-by-domain')
export class StepByDomain extends DomainPlugin {
  override step(next: Step): Step {
    return (batch, context) => {
      const losses = splitByDomain(batch).map((part) => next(part, context));
      return losses.reduce((a, b) => a + b) / losses.length;
    };
  }
}

/** Two copies of the backbone, each half of the logit. */
@Plugin('two-networks')
export class TwoNetworks extends DomainPlugin {
  static paths: string[] = [];
  override network(site: NetworkSite): Forward {
    const [first, second] = [site.build('a'), site.build('b')];
    return (embedded, batch) => mul(add(first(embedded, batch), second(embedded, batch)), 0.5);
  }
  override hidden(site: HiddenSite): HiddenInterceptor {
    TwoNetworks.paths.push(site.path);
    const scale = site.scope().parameter('scale', [1], ones);
    return (h) => mul(h, scale.value);
  }
}

/** Adds a parameter for each of the network's, and predicts with the network's own doubled. */
@Plugin('doubled')
export class Doubled extends DomainPlugin {
  static seen: string[] = [];
  override built({ parameters, scope }: BuiltNetwork): void {
    Doubled.seen = parameters.map(({ path }) => path);
    for (const { path, shape } of parameters) scope.scope('shadow').parameter(path, shape, ones);
  }
  override variants(): Variant[] {
    const prepare = (): Promise<void> => Promise.resolve();
    const predict = (next: Predict): Predict => {
      return (host) => next(host).map((score) => score / 2);
    };
    return [{ name: 'halved', selects: false, serves: false, prepare, predict }];
  }
}

@Plugin('half-prediction')
export class HalfPrediction extends DomainPlugin {
  override evaluate(next: Predict): Predict {
    return (batch) => next(batch).map((score) => score / 2);
  }
}

export const batch = await firstBatch();

/** Width of all embedded fields, 4 each. */
export const inputs = 4 * data.schema.fields.length;

export const plainScores = scoresOf([]);

export function scoresOf(names: string[], extra: Parameters<typeof assemble>[2] = [], backbone = dnn): number[] {
  const assembled = assemble(
    backbone,
    names.map((name) => ({ name })),
    extra,
  );
  const scores = [...assembled.wrapPredict((host) => assembled.model.predict(host))(batch)];
  assembled.dispose();
  return scores;
}

export function lossOf(plugins: { name: string }[], extra: Parameters<typeof assemble>[2]): number {
  const assembled = assemble(dnn, plugins, extra);
  const optimizer = new Optimizer(sgd({ learningRate: 0.1, momentum: 0 }));
  const loss = assembled.wrapStep(plainStep)(batch, stepContext(assembled.model, optimizer, new Random(1)));
  optimizer.dispose();
  assembled.dispose();
  return loss;
}
