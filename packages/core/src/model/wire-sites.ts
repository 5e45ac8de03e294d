import { attribute, type ParameterStore } from '@mdctr/tensor';
import type { DomainBatch } from '../batch/domain-batch.js';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { Forward } from '../network/layer.js';
import { Network, type NamedPlugin } from '../network/network.js';
import type { NetworkRecorder } from '../network/network-recorder.js';
import { ParameterScope } from '../network/parameter-scope.js';
import type { DomainPlugin } from '../plugin/domain-plugin.js';
import type { EmbeddingInterceptor, LogitInterceptor, Penalty } from '../plugin/interceptors.js';
import { guarded, inHook } from '../plugin/unit-failure.js';
import type { Units } from './make-units.js';

/** What the passes of a model run, in this order. */
export interface WiredNetwork {
  readonly embedding: readonly EmbeddingInterceptor[];
  readonly forward: Forward;
  readonly logit: readonly LogitInterceptor[];
  readonly penalties: readonly Penalty[];
}

interface WiringRequest {
  readonly units: Units;
  readonly store: ParameterStore;
  readonly schema: FeatureSchema;
  /** Width of one field's embedding. */
  readonly dim: number;
  readonly recorder: NetworkRecorder;
  /** Whether the kernels of the network's last maps begin at zero, so that its logit does. */
  readonly zeroLogit: boolean;
}

/** Builds the network from the embedding to the loss, and asks the plugins at every site on the way. */
export function wireSites({ units, store, schema, dim, recorder, zeroLogit }: WiringRequest): WiredNetwork {
  const { backbone, plugins } = units;
  const network = new Network(store, backbone.name, plugins, schema, dim, recorder, zeroLogit);
  const fields = { fields: schema.fields.length };
  const embedding = answersBeside(recorder, plugins, { kind: 'embedding', width: network.inputs }, (one) =>
    one.plugin.embedding({ ...network.site(one.name, 'embedding'), ...fields }),
  );
  const forward = network.whole((net) => guardedBackbone(backbone, () => backbone.builder.build(net)));
  const logit = answersBeside(recorder, plugins, { kind: 'logit', width: 1 }, (one) =>
    one.plugin.logit({ ...network.site(one.name, 'logit'), ...fields }),
  );
  const penalties = plugins.flatMap(({ name, plugin }) => {
    const penalty = recorder.askHook('penalty', name, () => plugin.penalty());
    return penalty ? [attribute({ site: 'loss', plugin: name }, recorder.guard(name, 'penalty', penalty))] : [];
  });
  for (const one of plugins) tellBuilt(one, store, recorder);
  return { embedding, forward, logit, penalties };
}

/** What each plugin answers at a site in front of the network or behind it, counted there in a profile. */
function answersBeside<A extends [object, DomainBatch, ...unknown[]], T>(
  recorder: NetworkRecorder,
  plugins: readonly NamedPlugin[],
  { kind, width }: { kind: 'embedding' | 'logit'; width: number },
  ask: (plugin: NamedPlugin) => ((...args: A) => T) | undefined,
): ((...args: A) => T)[] {
  const site = recorder.announce(kind, { path: kind, shape: [width] });
  return plugins.flatMap((one) => {
    const answer = recorder.ask(site, one.name, () => ask(one));
    const scope = recorder.scope(site, kind, one.name);
    return answer ? [recorder.answered(site, scope, answer, kind === 'logit' ? 'same' : undefined)] : [];
  });
}

/** A backbone's forward pass; those that come with the command are run as they are. */
function guardedBackbone({ name, unit: { origin } }: Units['backbone'], build: () => Forward): Forward {
  const who = `backbone "${name}"`;
  const forward = inHook(who, 'build', origin?.at, build);
  return origin?.builtin ? forward : guarded(who, 'build', origin?.at, forward);
}

function tellBuilt({ name, plugin }: NamedPlugin, store: ParameterStore, recorder: NetworkRecorder): void {
  const whole = { parameters: store.trainable(), scope: new ParameterScope(store, name) };
  recorder.askHook('built', name, () => {
    plugin.built(whole);
    return isOverridden(plugin, 'built') || undefined;
  });
}

/** Whether a plugin has a hook of its own. The base class is the last before Object, whichever copy of core it is of. */
function isOverridden(plugin: DomainPlugin, hook: keyof DomainPlugin): boolean {
  let owner: object = plugin;
  while (!Object.hasOwn(owner, hook)) owner = Object.getPrototypeOf(owner) as object;
  return Object.getPrototypeOf(Object.getPrototypeOf(owner)) !== null;
}
