import 'reflect-metadata';
import { attribute, normal, ParameterStore, Random, zeros } from '@mdctr/tensor';
import { container as root, type DependencyContainer } from 'tsyringe';
import { totalIds, type FeatureSchema } from '../features/feature-schema.js';
import type { DomainBatch } from '../batch/domain-batch.js';
import type { Forward } from '../network/layer.js';
import { Network, type NamedPlugin } from '../network/network.js';
import type { NetworkRecord } from '../network/network-record.js';
import { NetworkRecorder } from '../network/network-recorder.js';
import { ParameterScope } from '../network/parameter-scope.js';
import type { BackboneBuilder } from '../network/network-builder.js';
import type { DomainPlugin } from '../plugin/domain-plugin.js';
import type { Diagnostics } from '../plugin/diagnostics.js';
import type { Predict, Step, Variant } from '../plugin/interceptors.js';
import { refuseConflicts } from '../plugin/refuse-conflicts.js';
import { guarded, inHook, inside } from '../plugin/unit-failure.js';
import type { PackageOrigin, Registry } from '../registry/index.js';
import { BagPooling } from './bag-pooling.js';
import { instantiate, notA, type UnitConfig } from './instantiate.js';
import { Model } from './model.js';
import { StoredSchedule } from './stored-schedule.js';
import { FEATURE_SCHEMA, SCHEDULE, type Schedule } from './tokens.js';

/** @internal */
export interface TrialSpec {
  readonly registry: Registry;
  readonly schema: FeatureSchema;
  readonly embedding: { readonly dim: number; readonly initStd: number };
  readonly backbone: UnitConfig;
  /** In the config's order: the first is the outermost. */
  readonly plugins: readonly UnitConfig[];
  readonly seed: number;
}

/** @internal A model with its plugins and its own container. */
export interface TrialModel {
  readonly model: Model;
  readonly container: DependencyContainer;
  /** Which sites the network has, and who answered there. */
  readonly record: NetworkRecord;
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
 * @internal
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

    const recorder = new NetworkRecorder(
      backboneName,
      plugins.map(({ name }) => name),
      new Map(
        spec.plugins.flatMap(({ name }) => {
          const { origin } = registry.get('plugin', name);
          return origin ? [[shortName(name), origin] as const] : [];
        }),
      ),
    );
    store.onCreate = recorder.created;
    const network = new Network(store, backboneName, plugins, schema, embedding.dim, recorder);
    const fields = { fields: schema.fields.length };
    /** What each plugin answers at a site in front of the network or behind it, counted there in a profile. */
    const answers = <A extends [object, DomainBatch, ...unknown[]], T>(
      kind: 'embedding' | 'logit',
      width: number,
      ask: (plugin: NamedPlugin) => ((...args: A) => T) | undefined,
    ) => {
      const site = recorder.announce(kind, { path: kind, shape: [width] });
      return plugins.flatMap((one) => {
        const answer = recorder.ask(site, one.name, () => ask(one));
        const scope = recorder.scope(site, kind, one.name);
        return answer ? [recorder.answered(site, scope, answer, kind === 'logit' ? 'same' : undefined)] : [];
      });
    };
    const transforms = answers('embedding', network.inputs, ({ name, plugin }) =>
      plugin.embedding({ ...network.site(name, 'embedding'), ...fields }),
    );
    const forward = network.whole((net) => guardedBackbone(backboneName, unit.origin, () => backbone.build!(net)));
    const logit = answers('logit', 1, ({ name, plugin }) =>
      plugin.logit({ ...network.site(name, 'logit'), ...fields }),
    );
    const penalties = plugins.flatMap(({ name, plugin }) => {
      const penalty = recorder.askHook('penalty', name, () => plugin.penalty());
      return penalty ? [attribute({ site: 'loss', plugin: name }, recorder.guard(name, 'penalty', penalty))] : [];
    });
    for (const { name, plugin } of plugins) {
      const whole = { parameters: store.trainable(), scope: new ParameterScope(store, name) };
      recorder.askHook('built', name, () => {
        plugin.built(whole);
        return isOverridden(plugin, 'built') || undefined;
      });
    }
    const variants = plugins.flatMap(({ name, plugin }) =>
      recorder.askHook(
        'variants',
        name,
        () => plugin.variants(),
        (own) => own.map((variant) => variant.name),
      ),
    );
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
      record: recorder,
      setProgress: (value) => schedule.set(value),
      reload: () => schedule.reload(),
      streams,
      wrapStep: (step) =>
        plugins.reduceRight(
          (next, one) => recorder.askHook('step', one.name, () => wrapStep(next, one, recorder)) ?? next,
          step,
        ),
      wrapPredict: (predict) =>
        plugins.reduceRight((next, { name, plugin }) => {
          const own = recorder.askHook('evaluate', name, () => plugin.evaluate(inside(next)));
          return own ? recorder.guard(name, 'evaluate', own) : next;
        }, predict),
      variants,
      diagnostics: () => collectDiagnostics(plugins),
      dispose: () => model.dispose(),
    };
  } catch (error) {
    store.dispose();
    throw error;
  }
}

/** A backbone's forward pass; those that come with the command are run as they are. */
function guardedBackbone(name: string, origin: PackageOrigin | undefined, build: () => Forward): Forward {
  const who = `backbone "${name}"`;
  const forward = inHook(who, 'build', origin?.at, build);
  return origin?.builtin ? forward : guarded(who, 'build', origin?.at, forward);
}

/** What a plugin's step does itself is its own work in a profile; what it calls `next` for is not. */
function wrapStep(next: Step, { name, plugin }: NamedPlugin, recorder: NetworkRecorder): Step | undefined {
  const step = plugin.step(attribute({ site: 'step' }, inside(next)));
  return step && attribute({ site: 'step', plugin: name }, recorder.guard(name, 'step', step));
}

/** Whether a plugin has a hook of its own. The base class is the last before Object, whichever copy of core it is of. */
function isOverridden(plugin: DomainPlugin, hook: keyof DomainPlugin): boolean {
  let owner: object = plugin;
  while (!Object.hasOwn(owner, hook)) owner = Object.getPrototypeOf(owner) as object;
  return Object.getPrototypeOf(Object.getPrototypeOf(owner)) !== null;
}

function collectDiagnostics(plugins: readonly NamedPlugin[]): Record<string, Diagnostics> {
  return Object.fromEntries(
    plugins.flatMap(({ name, plugin }) => {
      const facts = plugin.diagnostics();
      return facts ? [[name, facts] as const] : [];
    }),
  );
}

/** `package>name` without the package. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('>') + 1);
}
