import 'reflect-metadata';
import { attribute, normal, ParameterStore, Random, zeros, type Parameter } from '@mdctr/tensor';
import { container as root, inject, injectable, type DependencyContainer } from 'tsyringe';
import { MdctrError } from '../errors.js';
import { totalIds, type FeatureSchema } from '../features/feature-schema.js';
import { Network, type NamedPlugin } from '../network/network.js';
import { ParameterScope } from '../network/parameter-scope.js';
import type { BackboneBuilder } from '../network/network-builder.js';
import type { DomainPlugin } from '../plugin/domain-plugin.js';
import type { Diagnostics } from '../plugin/diagnostics.js';
import type { Predict, Step, Variant } from '../plugin/interceptors.js';
import { refuseConflicts } from '../plugin/refuse-conflicts.js';
import type { Registry, Unit } from '../registry/index.js';
import { BagPooling } from './bag-pooling.js';
import { Model } from './model.js';
import { FEATURE_SCHEMA, OPTIONS, RANDOM, SCHEDULE, type Schedule } from './tokens.js';

/** A backbone or plugin with its options, defaults filled in. */
export interface UnitConfig {
  readonly name: string;
  readonly [option: string]: unknown;
}

export interface TrialSpec {
  readonly registry: Registry;
  readonly schema: FeatureSchema;
  readonly embedding: { readonly dim: number; readonly initStd: number };
  readonly backbone: UnitConfig;
  /** In the config's order: the first is the outermost. */
  readonly plugins: readonly UnitConfig[];
  readonly seed: number;
}

/** A model with its plugins and its own container. */
export interface TrialModel {
  readonly model: Model;
  readonly container: DependencyContainer;
  /** Sets how far training has come, 0 to 1. */
  setProgress(progress: number): void;
  /** To be called after parameters were written from outside, e.g. restored. */
  reload(): void;
  /** The random streams of backbone and plugins by kind and name; a checkpoint saves where each stands. */
  readonly streams: ReadonlyMap<string, Random>;
  /** Wraps a step, or a prediction, in the plugins' hooks. */
  wrapStep(step: Step): Step;
  wrapPredict(predict: Predict): Predict;
  /** The plugins' further ways to predict, in the config's order; their names are distinct. */
  readonly variants: readonly Variant[];
  /** What plugins have to say after an evaluation, by plugin name. */
  diagnostics(): Readonly<Record<string, Diagnostics>>;
  dispose(): void;
}

/** Path of the parameter that keeps the schedule's progress, so that it is saved with the weights. */
const PROGRESS_PATH = 'schedule/progress';
/** Path of the table that holds all fields' embeddings. */
export const EMBEDDING_PATH = 'embedding';

/**
 * Builds a trial's model: a child container with the trial's own values, the units made by it, the network built with
 * the plugins' answers to every site.
 * @throws MdctrError MDCTR_UNIT_UNKNOWN for a name that the registry does not have, MDCTR_PLUGINS_CONFLICT for plugins
 *   that cannot be together.
 */
export function assembleTrial(spec: TrialSpec): TrialModel {
  const { registry, schema, embedding, seed } = spec;
  refuseConflicts(spec.plugins.map(({ name }) => registry.get('plugin', name)));
  const random = new Random(seed);
  const store = new ParameterStore(random);
  try {
    const table = store.createTable(EMBEDDING_PATH, totalIds(schema), embedding.dim, normal(embedding.initStd));
    const progress = store.create(PROGRESS_PATH, [], zeros, false);
    const pooling = new BagPooling(schema, embedding.dim, store);
    const schedule = new StoredSchedule(progress);
    const container = root.createChildContainer();
    container.registerInstance(FEATURE_SCHEMA, schema);
    container.registerInstance<Schedule>(SCHEDULE, schedule);
    const streams = new Map<string, Random>();
    const streamOf = (kind: string, name: string): Random => {
      const stream = random.fork(shortName(name));
      streams.set(`${kind}/${shortName(name)}`, stream);
      return stream;
    };

    const plugins = spec.plugins.map((config): NamedPlugin => {
      const plugin = instantiate(
        container,
        registry.get('plugin', config.name),
        config,
        streamOf('plugin', config.name),
      ) as Partial<DomainPlugin>;
      // Not `instanceof`: a package may bring a copy of its own of the base class.
      if (!plugin.hidden || !plugin.penalty) throw notA('plugin', config.name, 'extends DomainPlugin');
      return { name: shortName(config.name), plugin: plugin as DomainPlugin };
    });
    const backboneName = shortName(spec.backbone.name);
    const unit = registry.get('backbone', spec.backbone.name);
    const backbone = instantiate(
      container,
      unit,
      spec.backbone,
      streamOf('backbone', backboneName),
    ) as Partial<BackboneBuilder>;
    if (!backbone.build) throw notA('backbone', spec.backbone.name, 'has a method build(net)');

    const network = new Network(store, backboneName, plugins, schema, embedding.dim);
    const fields = { fields: schema.fields.length };
    /** What each plugin answers to a site, counted there in a profile. */
    const answers = <A extends unknown[], T>(
      site: string,
      ask: (plugin: NamedPlugin) => ((...args: A) => T) | undefined,
    ) =>
      plugins.flatMap((one) => {
        const answer = ask(one);
        return answer ? [attribute({ site, plugin: one.name }, answer)] : [];
      });
    const transforms = answers('embedding', ({ name, plugin }) =>
      plugin.embedding({ ...network.site(name, 'embedding'), ...fields }),
    );
    const forward = network.whole((net) => backbone.build!(net));
    const logit = answers('logit', ({ name, plugin }) => plugin.logit({ ...network.site(name, 'logit'), ...fields }));
    const penalties = answers('loss', ({ plugin }) => plugin.penalty());
    for (const { name, plugin } of plugins) {
      plugin.built({ parameters: store.trainable(), scope: new ParameterScope(store, name) });
    }
    const model = new Model({
      schema,
      dim: embedding.dim,
      store,
      table,
      pooling,
      embedding: transforms,
      forward,
      logit,
      penalties,
    });
    return {
      model,
      container,
      setProgress: (value) => schedule.set(value),
      reload: () => schedule.reload(),
      streams,
      wrapStep: (step) => plugins.reduceRight(wrapStep, step),
      wrapPredict: (predict) => plugins.reduceRight((next, { plugin }) => plugin.evaluate(next) ?? next, predict),
      variants: plugins.flatMap(({ plugin }) => plugin.variants()),
      diagnostics: () => collectDiagnostics(plugins),
      dispose: () => model.dispose(),
    };
  } catch (error) {
    store.dispose();
    throw error;
  }
}

/** What a plugin's step does itself is its own work in a profile; what it calls `next` for is not. */
function wrapStep(next: Step, { name, plugin }: NamedPlugin): Step {
  const step = plugin.step(attribute({ site: 'step' }, next));
  return step ? attribute({ site: 'step', plugin: name }, step) : next;
}

function collectDiagnostics(plugins: readonly NamedPlugin[]): Record<string, Diagnostics> {
  return Object.fromEntries(
    plugins.flatMap(({ name, plugin }) => {
      const facts = plugin.diagnostics();
      return facts ? [[name, facts] as const] : [];
    }),
  );
}

/** Each unit gets a container of its own below the trial's, because all of them ask for OPTIONS. */
function instantiate(trial: DependencyContainer, unit: Unit, config: UnitConfig, stream: Random): object {
  const { name, ...options } = config;
  const container = trial.createChildContainer();
  container.register(OPTIONS, { useValue: options });
  container.register(RANDOM, { useValue: stream });
  if (unit.cls.length > 0) inject(OPTIONS)(unit.cls, undefined, 0);
  injectable()(unit.cls);
  try {
    return container.resolve(unit.cls);
  } catch (cause) {
    if (cause instanceof MdctrError) throw cause;
    throw new MdctrError('MDCTR_UNIT_CONSTRUCTION', {
      what: `The ${unit.kind} "${name}" of ${unit.packageName} could not be made: ${(cause as Error).message}`,
      hint: 'A constructor takes its options first; every other parameter needs @inject(TOKEN) with a token of @mdctr/core.',
      cause,
    });
  }
}

class StoredSchedule implements Schedule {
  private cached: number | undefined;

  constructor(private readonly parameter: Parameter) {}

  get progress(): number {
    this.cached ??= this.parameter.toHost()[0]!;
    return this.cached;
  }

  reload(): void {
    this.cached = undefined;
  }

  set(value: number): void {
    this.parameter.write(Float32Array.of(value));
    this.cached = this.parameter.toHost()[0]!;
  }
}

/** `package>name` without the package. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('>') + 1);
}

function notA(kind: string, name: string, wanted: string): MdctrError {
  return new MdctrError('MDCTR_UNIT_SHAPE', {
    what: `The ${kind} "${name}" is not one.`,
    expected: `a class that ${wanted}`,
    hint: 'Check which decorator stands over the class.',
  });
}
