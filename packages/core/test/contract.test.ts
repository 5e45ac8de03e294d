import { Random } from '@mdctr/base';
import {
  DomainPlugin,
  Plugin,
  sliceBatch,
  splitByDomain,
  viewBatch,
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
} from '../src/index.js';
import { add, mul, Optimizer, ones, sgd, sum, tensor, tidy, toHost, type Scalar } from '@mdctr/tensor';
import { openBatches } from '@mdctr/data';
import { evaluateSplit, plainStep, stepContext } from '@mdctr/training';
import { afterAll, describe, expect, it } from 'vitest';
import { assemble, data, dcnv2, dnn, firstBatch } from '../../../test/support/small-models.js';

@Plugin('nothing')
class Nothing extends DomainPlugin {}

@Plugin('double-embedding')
class DoubleEmbedding extends DomainPlugin {
  override embedding(): EmbeddingInterceptor {
    return (embedded) => embedded.map((flat) => mul(flat, 2));
  }
}

@Plugin('two-towers')
class TwoTowers extends DomainPlugin {
  override tower(site: TowerSite): Layer {
    const [first, second] = [site.build(), site.build('second')];
    return (x, batch) => mul(add(first(x, batch), second(x, batch)), 0.5);
  }
}

/** STAR's form: the kernel of a domain is the shared one times its own. */
@Plugin('kernel-by-domain')
class KernelByDomain extends DomainPlugin {
  override affine(site: AffineSite): AffineLayer {
    const inner = site.build();
    const factor = site.scope().parameter('factor', [site.schema.domains.length, 1], ones);
    return {
      parameters: inner.parameters,
      forward: (x, batch) =>
        batch.byDomain(x, (rows, part) => {
          const { kernel, bias } = inner.parameters!;
          const own = toHost(factor.value)[part.domainIds[0]!]!;
          return inner.forward(rows, part, { kernel: mul(kernel.value, own), bias: bias!.value });
        }),
    };
  }
}

@Plugin('input-shift')
class InputShift extends DomainPlugin {
  override norm(site: NormSite): Layer | undefined {
    return site.place === 'input' ? (x) => add(x, 1) : undefined;
  }
}

@Plugin('plus-one')
class PlusOne extends DomainPlugin {
  static sites: HiddenSite[] = [];
  override hidden(site: HiddenSite): HiddenInterceptor {
    PlusOne.sites.push(site);
    return (h) => add(h, 1);
  }
}

@Plugin('times-two')
class TimesTwo extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return (h) => mul(h, 2);
  }
}

@Plugin('first-field-logit')
class FirstFieldLogit extends DomainPlugin {
  override logit(site: LogitSite): LogitInterceptor {
    return (logit, _batch, embedded) => add(logit, sum(embedded.field(site.schema.fields[0]!.name), 1, true));
  }
}

/** Reads the embedded fields where only x and the batch are given: at an affine layer, whole and by domain. */
@Plugin('field-reader')
class FieldReader extends DomainPlugin {
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
class ConstantPenalty extends DomainPlugin {
  override penalty(): Penalty {
    return (batch) => sum(mul(batch.shares, 10)) as Scalar;
  }
}

@Plugin('step-by-domain')
class StepByDomain extends DomainPlugin {
  override step(next: Step): Step {
    return (batch, context) => {
      const losses = splitByDomain(batch).map((part) => next(part, context));
      return losses.reduce((a, b) => a + b) / losses.length;
    };
  }
}

/** Two copies of the backbone, each half of the logit. */
@Plugin('two-networks')
class TwoNetworks extends DomainPlugin {
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
class Doubled extends DomainPlugin {
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
class HalfPrediction extends DomainPlugin {
  override evaluate(next: Predict): Predict {
    return (batch) => next(batch).map((score) => score / 2);
  }
}

const batch = await firstBatch();
/** Width of all embedded fields, 4 each. */
const inputs = 4 * data.schema.fields.length;
const plainScores = scoresOf([]);

function scoresOf(names: string[], extra: Parameters<typeof assemble>[2] = [], backbone = dnn): number[] {
  const assembled = assemble(
    backbone,
    names.map((name) => ({ name })),
    extra,
  );
  const scores = [...assembled.wrapPredict((host) => assembled.model.predict(host))(batch)];
  assembled.dispose();
  return scores;
}

describe('hooks', () => {
  it('a plugin that stays out leaves the model bit for bit as it was, on both backbones', () => {
    expect(scoresOf(['nothing'], [Nothing])).toEqual(plainScores);
    expect(scoresOf(['nothing'], [Nothing], dcnv2)).toEqual(scoresOf([], [], dcnv2));
  });

  it('embedding: what the backbone sees is transformed', () => {
    expect(scoresOf(['double-embedding'], [DoubleEmbedding])).not.toEqual(plainScores);
  });

  it('tower: built twice, with parameters of its own for the second', () => {
    const assembled = assemble(dnn, [{ name: 'two-towers' }], [TwoTowers]);
    const paths = assembled.model.store.list().map(({ path }) => path);
    expect(paths).toContain('dnn/deep/0/kernel');
    expect(paths).toContain('dnn/deep/second/1/bias');
    assembled.dispose();
  });

  it('affine: an identity factor by domain changes no prediction', () => {
    const scores = scoresOf(['kernel-by-domain'], [KernelByDomain]);
    scores.forEach((score, i) => expect(score).toBeCloseTo(plainScores[i]!, 6));
  });

  it('affine: a factor acts on the rows of its domain alone', () => {
    const assembled = assemble(dnn, [{ name: 'kernel-by-domain' }], [KernelByDomain]);
    const factor = assembled.model.store.get('kernel-by-domain/deep/0/factor')!;
    const domain = batch.domainIds[1]!;
    factor.write(Float32Array.from({ length: factor.size }, (_, d) => (d === domain ? 3 : 1)));
    assembled.model.predict(batch).forEach((score, row) => {
      const own = row >= batch.domainStarts[1]! && row < batch.domainStarts[2]!;
      if (own) expect(score).not.toBeCloseTo(plainScores[row]!, 6);
      else expect(score).toBeCloseTo(plainScores[row]!, 6);
    });
    assembled.dispose();
  });

  it('affine: the embedded fields are there, transformed as the backbone sees them, and those of a domain alone', () => {
    scoresOf(['field-reader', 'double-embedding'], [FieldReader, DoubleEmbedding]);
    const { whole, parts, x } = FieldReader.seen!;
    expect(whole).toEqual(x);
    expect(parts).toEqual(x);
  });

  it('norm: a plugin can normalise the input of a tower that has no norm', () => {
    expect(scoresOf(['input-shift'], [InputShift])).not.toEqual(plainScores);
  });

  it('hidden: sites of deep and cross layers, with width, kind and index', () => {
    PlusOne.sites = [];
    assemble(dcnv2, [{ name: 'plus-one' }], [PlusOne]).dispose();
    expect(PlusOne.sites.map(({ path, kind, index, units }) => [path, kind, index, units])).toEqual([
      ['cross/0', 'cross', 0, inputs],
      ['cross/1', 'cross', 1, inputs],
      ['deep/0', 'deep', 0, 8],
      ['deep/1', 'deep', 1, 6],
    ]);
  });

  it('hidden: transforms run in the order of the config', () => {
    const both = [PlusOne, TimesTwo];
    expect(scoresOf(['plus-one', 'times-two'], both)).not.toEqual(scoresOf(['times-two', 'plus-one'], both));
  });

  it('logit: a plugin adds to it and sees the embedded fields', () => {
    expect(scoresOf(['first-field-logit'], [FirstFieldLogit])).not.toEqual(plainScores);
  });

  it('network: copies have parameters, sites and plugin parameters of their own, and begin as equals', () => {
    TwoNetworks.paths = [];
    const assembled = assemble(dnn, [{ name: 'two-networks' }], [TwoNetworks]);
    expect(TwoNetworks.paths).toEqual(['a/deep/0', 'a/deep/1', 'b/deep/0', 'b/deep/1']);
    const paths = assembled.model.store.list().map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith('deep/0/kernel'))).toEqual([
      'dnn/a/deep/0/kernel',
      'dnn/b/deep/0/kernel',
    ]);
    expect(paths).toContain('two-networks/b/deep/1/scale');
    expect([...assembled.model.predict(batch)]).toEqual(plainScores);
    assembled.dispose();
  });

  it('built: sees every parameter, once, and may add to them', () => {
    const assembled = assemble(dnn, [{ name: 'doubled' }], [Doubled]);
    expect(Doubled.seen).toHaveLength(6);
    expect(assembled.model.store.get('doubled/shadow/dnn/deep/0/kernel')!.shape).toEqual([inputs, 8]);
    assembled.dispose();
  });

  it('variants: are evaluated beside the model itself', async () => {
    const assembled = assemble(dnn, [{ name: 'doubled' }], [Doubled]);
    const { variants, ...own } = (await evaluateSplit(assembled, openBatches(data), 'test'))!;
    expect(variants!.halved!.metrics.auc).toBe(own.metrics.auc);
    expect(variants!.halved!.metrics.pcoc!).toBeCloseTo(own.metrics.pcoc! / 2, 4);
    assembled.dispose();
  });

  it('evaluate: wraps the prediction', () => {
    expect(scoresOf(['half-prediction'], [HalfPrediction])).toEqual(plainScores.map((score) => Math.fround(score / 2)));
  });

  it('penalty: is added to the loss', () => {
    expect(lossOf([{ name: 'constant-penalty' }], [ConstantPenalty]) - lossOf([], [])).toBeCloseTo(10, 4);
  });

  it('step: losses of some rows at other values, on rows that were looked up for all', () => {
    const assembled = assemble({ ...dnn, batchNorm: true }, []);
    const context = stepContext(assembled.model, new Optimizer(sgd({ learningRate: 0.1, momentum: 0 })), new Random(1));
    const [begin, end] = [batch.domainStarts[1]!, batch.domainStarts[2]!];
    const bias = assembled.model.store.get('dnn/logit/bias')!;
    const mean = assembled.model.store.get('dnn/deep/0/norm/mean')!;
    tidy(() => {
      const rows = context.lookup(batch);
      const at = (value: number): number => {
        const values = new Map([[bias, tensor([value], [1])]]);
        return toHost(context.loss(viewBatch(batch, begin, end), rows, { values, holdStates: true }))[0]!;
      };
      const [before, moved] = [at(0), at(1)];
      expect(mean.toHost().every((value) => value === 0)).toBe(true); // held
      const part = sliceBatch(batch, begin, end);
      expect(toHost(context.loss(part, context.lookup(part)))[0]).toBeCloseTo(before, 6);
      expect(mean.toHost().every((value) => value === 0)).toBe(false);
      bias.write(Float32Array.of(1));
      expect(toHost(context.loss(part, context.lookup(part)))[0]).toBeCloseTo(moved, 6);
    });
    assembled.dispose();
  });

  it('step: a plugin splits a step by domain', () => {
    const assembled = assemble(dnn, [{ name: 'step-by-domain' }], [StepByDomain]);
    const optimizer = new Optimizer(sgd({ learningRate: 0.1, momentum: 0 }));
    assembled.wrapStep(plainStep)(batch, stepContext(assembled.model, optimizer, new Random(1)));
    expect(optimizer.steps).toBe(batch.domainIds.length);
    optimizer.dispose();
    assembled.dispose();
  });
});

function lossOf(plugins: { name: string }[], extra: Parameters<typeof assemble>[2]): number {
  const assembled = assemble(dnn, plugins, extra);
  const optimizer = new Optimizer(sgd({ learningRate: 0.1, momentum: 0 }));
  const loss = assembled.wrapStep(plainStep)(batch, stepContext(assembled.model, optimizer, new Random(1)));
  optimizer.dispose();
  assembled.dispose();
  return loss;
}

@Plugin('kernel-owner', { owns: { kernel: 'makes its own kernels' } })
class KernelOwner extends DomainPlugin {}
@Plugin('other-kernel-owner', { owns: { kernel: 'folds kernels', step: 'splits steps' } })
class OtherKernelOwner extends DomainPlugin {}
@Plugin('step-owner', { owns: { step: 'runs steps of its own' } })
class StepOwner extends DomainPlugin {}

describe('plugins that cannot be together', () => {
  const owners = [KernelOwner, OtherKernelOwner, StepOwner];
  const together = (...names: string[]) =>
    assemble(
      dnn,
      names.map((name) => ({ name })),
      owners,
    );

  it('are refused with the reasons of both', () => {
    expect(() => together('kernel-owner', 'other-kernel-owner')).toThrow(
      /MDCTR_PLUGINS_CONFLICT.*kernel-owner makes its own kernels, other-kernel-owner folds kernels/s,
    );
    expect(() => together('step-owner', 'other-kernel-owner')).toThrow('both need the step');
    expect(() => together('step-owner', 'step-owner')).toThrow('listed twice');
  });

  it('are only those: owners of different things go together', () => {
    together('kernel-owner', 'step-owner').dispose();
  });
});

describe('promises', () => {
  it.each([
    ['dnn', dnn],
    ['dcnv2', dcnv2],
  ])('%s: a row’s prediction does not depend on its batch mates', (_name, backbone) => {
    const assembled = assemble(backbone, [{ name: 'kernel-by-domain' }], [KernelByDomain]);
    const whole = assembled.model.predict(batch);
    splitByDomain(batch).forEach((part, g) => {
      assembled.model
        .predict(part)
        .forEach((score, row) => expect(score).toBeCloseTo(whole[batch.domainStarts[g]! + row]!, 6));
    });
    assembled.dispose();
  });

  it('every trainable parameter gets a gradient', () => {
    const options = { ...dcnv2, batchNorm: true, rank: 2 };
    const assembled = assemble(options);
    const context = stepContext(assembled.model, new Optimizer(sgd({ learningRate: 0.1, momentum: 0 })), new Random(1));
    tidy(() => {
      const gradients = context.gradients(batch);
      const reached = [...gradients.dense].filter(([, gradient]) => toHost(gradient).some((value) => value !== 0));
      expect(reached.map(([{ path }]) => path)).toEqual(assembled.model.store.trainable().map(({ path }) => path));
      context.release(gradients);
    });
    assembled.dispose();
  });

  it('two trials share nothing', () => {
    const [a, b] = [assemble(dnn, [{ name: 'nothing' }], [Nothing]), assemble(dnn, [{ name: 'nothing' }], [Nothing])];
    a.setProgress(0.5);
    expect(a.container).not.toBe(b.container);
    expect(b.model.store.get('schedule/progress')!.toHost()[0]).toBe(0);
    a.dispose();
    b.dispose();
  });
});

@Plugin('faulty')
class Faulty extends DomainPlugin {
  static fails = false;
  override step(next: Step): Step {
    return (host, context) => {
      if (Faulty.fails) throw new Error('on purpose');
      return next(host, context);
    };
  }
}

describe('what a hook returned', () => {
  const assembled = assemble(dnn, [{ name: 'faulty' }], [Faulty]);
  afterAll(() => assembled.dispose());
  const stopped = new Error('stopped');
  const step = assembled.wrapStep(() => {
    throw stopped;
  });
  const thrown = (): unknown => {
    try {
      return step(batch, undefined as never);
    } catch (error) {
      return error;
    }
  };

  it('throws with the name of its plugin; what it goes around throws as ever', () => {
    Faulty.fails = false;
    expect(thrown()).toBe(stopped);
    Faulty.fails = true;
    const limit = Error.stackTraceLimit;
    expect(thrown()).toMatchObject({
      code: 'MDCTR_UNIT_RUN',
      message: expect.stringMatching(/"faulty".*step.*on purpose/),
    });
    expect(Error.stackTraceLimit).toBe(limit);
  });
});
