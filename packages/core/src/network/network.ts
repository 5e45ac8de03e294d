import {
  activate,
  affine,
  attribute,
  glorotUniform,
  zeros,
  type Activation,
  type ParameterStore,
  type Scope,
  type Tensor,
} from '@mdctr/tensor';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { DomainPlugin } from '../plugin/domain-plugin.js';
import type { HiddenInterceptor } from '../plugin/interceptors.js';
import { batchNorm } from './batch-norm.js';
import type { AffineLayer, Forward, Layer } from './layer.js';
import type { NetworkBuilder, Tower, TowerOptions } from './network-builder.js';
import { ParameterScope } from './parameter-scope.js';
import type { AffinePlace, NormSite, Site } from './sites.js';

/** A plugin with the name that its parameters go by. */
export interface NamedPlugin {
  readonly name: string;
  readonly plugin: DomainPlugin;
}

/** Builds layers, announces their sites, and wires in what the plugins answer. */
export class Network implements NetworkBuilder {
  constructor(
    private readonly store: ParameterStore,
    private readonly backbone: string,
    private readonly plugins: readonly NamedPlugin[],
    readonly schema: FeatureSchema,
    readonly dim: number,
    /** Name of this copy of the network, where a plugin builds several. */
    private readonly copy?: string,
  ) {}

  get inputs(): number {
    return this.schema.fields.length * this.dim;
  }

  scope(name: string): ParameterScope {
    return this.scopeOf(this.backbone, name);
  }

  /** The whole network: `build` makes the backbone from the builder that it is given. */
  whole(build: (net: NetworkBuilder) => Forward): Forward {
    const { store, backbone, plugins, schema, dim } = this;
    const make = this.around<Forward, [copy?: string]>(
      (copy) =>
        attribute({ site: 'backbone' }, build(copy ? new Network(store, backbone, plugins, schema, dim, copy) : this)),
      ({ name: owner, plugin }, inner) => {
        const forward = plugin.network({ ...this.site(owner, 'network'), build: inner });
        return forward && attribute({ site: 'backbone', plugin: owner }, forward);
      },
    );
    return make();
  }

  tower(name: string, inputs: number, options: TowerOptions): Tower {
    const { hiddenUnits: units } = options;
    const build = this.around<Layer, [name?: string]>(
      (copy) => this.buildTower(copy ? `${name}/${copy}` : name, inputs, options),
      ({ name: owner, plugin }, inner) => {
        const layer = plugin.tower({ ...this.site(owner, name), inputs, units, build: inner });
        return layer && attribute({ site: name, plugin: owner }, layer);
      },
    );
    return Object.assign(build(), { outputs: units[units.length - 1]! });
  }

  affine(name: string, inputs: number, units: number, place: AffinePlace): AffineLayer {
    const build = this.around<AffineLayer>(
      () => {
        const own = place.factor ? this.factor(name, inputs, units) : plainAffine(this.scope(name), inputs, units);
        return attributeLayer({ site: name }, own);
      },
      ({ name: owner, plugin }, inner) => {
        const layer = plugin.affine({ ...this.site(owner, name), ...place, inputs, units, build: inner });
        return layer && attributeLayer({ site: name, plugin: owner }, layer);
      },
    );
    return build();
  }

  hidden(name: string, units: number, place: { kind: 'deep' | 'cross'; index: number }): HiddenInterceptor {
    const chain = this.plugins.flatMap(({ name: owner, plugin }) => {
      const intercept = plugin.hidden({ ...this.site(owner, name), ...place, units });
      return intercept ? [attribute({ site: name, plugin: owner }, intercept)] : [];
    });
    return (h, batch) => chain.reduce((value, intercept) => intercept(value, batch), h);
  }

  logit(name: string, inputs: number): Layer {
    const layer = this.affine(name, inputs, 1, { kind: 'logit', index: 0 });
    return (x, batch) => layer.forward(x, batch);
  }

  /** Facts of a site at `path`, with parameters going to `owner`. */
  site(owner: string, path: string): Site {
    const own = this.scopeOf(owner, path);
    return {
      path: this.copy ? `${this.copy}/${path}` : path,
      schema: this.schema,
      domainWidth: this.schema.domainFields.length * this.dim,
      dim: this.dim,
      scope: (name) => (name === undefined ? own : own.scope(name)),
    };
  }

  /** `OWNER/PATH`; in a copy of the network `OWNER/COPY/PATH`, with the first values of `OWNER/PATH`. */
  private scopeOf(owner: string, path?: string): ParameterScope {
    const whole = new ParameterScope(this.store, this.copy ? `${owner}/${this.copy}` : owner, owner);
    return path === undefined ? whole : whole.scope(path);
  }

  private factor(name: string, inputs: number, units: number): AffineLayer {
    const kernel = this.scopeOf(this.backbone).parameter(name, [inputs, units], glorotUniform);
    const forward: AffineLayer['forward'] = (x, _batch, weights) =>
      affine(x, weights?.kernel ?? kernel.value, weights?.bias);
    return { parameters: { kernel }, plain: true, forward };
  }

  private buildTower(name: string, inputs: number, options: TowerOptions): Layer {
    const { hiddenUnits, activation, batchNorm: normalize, dropout } = options;
    const normInput = this.norm(`${name}/norm`, inputs, 'input', undefined);
    const layers = hiddenUnits.map((units, index): Layer => {
      const path = `${name}/${index}`;
      const map = this.affine(path, index === 0 ? inputs : hiddenUnits[index - 1]!, units, { kind: 'deep', index });
      const norm = normalize
        ? this.norm(`${path}/norm`, units, 'hidden', () => batchNorm(this.scope(`${path}/norm`), units))
        : undefined;
      const hidden = this.hidden(path, units, { kind: 'deep', index });
      const layer = activated(map, norm, activation);
      return attribute({ site: path }, (x, batch) => batch.dropout(hidden(layer(x, batch), batch), dropout));
    });
    return (x, batch) => layers.reduce((h, layer) => layer(h, batch), normInput ? normInput(x, batch) : x);
  }

  /** A normalisation, or undefined where neither the backbone (`base`) nor a plugin has one. */
  private norm(
    path: string,
    units: number,
    place: NormSite['place'],
    base: (() => Layer) | undefined,
  ): Layer | undefined {
    let replaced = base !== undefined;
    const own = (): Layer => (base ? attribute({ site: path }, base()) : (x) => x);
    const build = this.around<Layer>(own, ({ name: owner, plugin }, inner) => {
      const layer = plugin.norm({ ...this.site(owner, path), place, units, build: inner });
      replaced ||= layer !== undefined;
      return layer && attribute({ site: path, plugin: owner }, layer);
    });
    const layer = build();
    return replaced ? layer : undefined;
  }

  /** Composes `around` hooks: the first plugin is the outermost, `base` the innermost. */
  private around<T, A extends unknown[] = []>(
    base: (...args: A) => T,
    hook: (plugin: NamedPlugin, inner: (...args: A) => T) => T | undefined,
  ): (...args: A) => T {
    return this.plugins.reduceRight<(...args: A) => T>(
      (inner, plugin) =>
        (...args) =>
          hook(plugin, inner) ?? inner(...args),
      base,
    );
  }
}

/** The layer with its work counted to `scope` in a profile. */
function attributeLayer(scope: Scope, layer: AffineLayer): AffineLayer {
  const { parameters, plain } = layer;
  const forward = attribute<Parameters<AffineLayer['forward']>, Tensor>(scope, (...args) => layer.forward(...args));
  return { parameters, ...(plain !== undefined && { plain }), forward };
}

function plainAffine(scope: ParameterScope, inputs: number, units: number): AffineLayer {
  const kernel = scope.parameter('kernel', [inputs, units], glorotUniform);
  const bias = scope.parameter('bias', [units], zeros);
  return {
    parameters: { kernel, bias },
    plain: true,
    forward: (x, _batch, weights) =>
      weights ? affine(x, weights.kernel, weights.bias) : affine(x, kernel.value, bias.value),
  };
}

/** act(norm(x W + b)), in one op where there is nothing between the map and the activation. */
function activated(map: AffineLayer, norm: Layer | undefined, activation: Activation): Layer {
  const own = map.plain && !norm ? map.parameters : undefined;
  if (own) return (x) => affine(x, own.kernel.value, own.bias?.value, activation);
  return (x, batch) => {
    const z = map.forward(x, batch);
    return activate(activation, norm ? norm(z, batch) : z);
  };
}
