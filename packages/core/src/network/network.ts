import { lastOf } from '@mdctr/base';
import { affine, attribute, glorotUniform, zeros, type ParameterStore } from '@mdctr/tensor';
import type { FeatureSchema } from '../features/feature-schema.js';
import type { DomainPlugin } from '../plugin/domain-plugin.js';
import type { HiddenInterceptor } from '../plugin/interceptors.js';
import { activated, layerOf, plainAffine } from './affine-layers.js';
import { batchNorm } from './batch-norm.js';
import type { AffineLayer, Forward, Layer } from './layer.js';
import type { HiddenPlace, NetworkBuilder, ResidualInterceptors, Tower, TowerOptions } from './network-builder.js';
import type { SiteKind } from './network-record.js';
import type { NetworkRecorder, OpenSite, SiteFacts } from './network-recorder.js';
import { ParameterScope } from './parameter-scope.js';
import type { AffinePlace, HiddenSite, NormSite, Site } from './sites.js';

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
    private readonly recorder: NetworkRecorder,
    /** Whether the kernels of layers of the kind `logit` begin at zero. */
    private readonly zeroLogit: boolean,
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
    const { store, backbone, plugins, schema, dim, recorder, zeroLogit } = this;
    const site = this.announce('network', 'network', [this.inputs, 1]);
    const copyOf = (copy: string): Network =>
      new Network(store, backbone, plugins, schema, dim, recorder, zeroLogit, copy);
    const make = this.around<Forward, [copy?: string]>(
      site,
      (copy) => {
        const forward = recorder.build(site, copy, () => build(copy ? copyOf(copy) : this));
        return attribute(recorder.scope(site, 'backbone'), forward);
      },
      ({ name: owner, plugin }, inner) => {
        const forward = plugin.network({ ...this.site(owner, 'network'), build: inner });
        return forward && recorder.answered(site, recorder.scope(site, 'backbone', owner), forward, 1);
      },
    );
    return make();
  }

  tower(name: string, inputs: number, options: TowerOptions): Tower {
    const { hiddenUnits: units } = options;
    const { recorder } = this;
    const site = this.announce('tower', name, [inputs, ...units]);
    const build = this.around<Layer, [name?: string]>(
      site,
      (copy) => recorder.build(site, copy, () => this.buildTower(copy ? `${name}/${copy}` : name, inputs, options)),
      ({ name: owner, plugin }, inner) => {
        const layer = plugin.tower({ ...this.site(owner, name), inputs, units, build: inner });
        return layer && recorder.answered(site, recorder.scope(site, name, owner), layer, units.at(-1));
      },
    );
    return Object.assign(build(), { outputs: lastOf(units) });
  }

  affine(name: string, inputs: number, units: number, place: AffinePlace): AffineLayer {
    return this.affineAt(name, inputs, units, place).layer;
  }

  hidden(name: string, units: number, place: HiddenPlace): HiddenInterceptor {
    return inTurn(this.interceptors('hidden', name, units, { ...place, residual: false }));
  }

  residual(name: string, units: number, place: HiddenPlace): ResidualInterceptors {
    const branch = this.interceptors('hidden', name, units, { ...place, residual: true });
    const sum = this.interceptors('residual', name, units, { ...place, residual: true });
    return { branch: branch.length > 0 ? inTurn(branch) : undefined, sum: inTurn(sum) };
  }

  /** What the plugins answer at a hidden layer, in the config's order. */
  private interceptors(
    hook: 'hidden' | 'residual',
    name: string,
    units: number,
    place: Pick<HiddenSite, 'kind' | 'index' | 'residual'>,
  ): readonly HiddenInterceptor[] {
    const { recorder } = this;
    const site = this.announce(hook, name, [units], { layer: place.kind, index: place.index });
    return this.plugins.flatMap(({ name: owner, plugin }) => {
      const intercept = recorder.ask(site, owner, () => plugin[hook]({ ...this.site(owner, name), ...place, units }));
      return intercept ? [recorder.answered(site, recorder.scope(site, name, owner), intercept, 'same')] : [];
    });
  }

  logit(name: string, inputs: number): Layer {
    const layer = this.affine(name, inputs, 1, { kind: 'logit', index: 0 });
    return (x, batch) => layer.forward(x, batch);
  }

  /** Facts of a site at `path`, with parameters going to `owner`. */
  site(owner: string, path: string): Site {
    const scope = this.scopeOf(owner, path);
    return {
      path: this.copy ? `${this.copy}/${path}` : path,
      schema: this.schema,
      domainWidth: this.schema.domainFields.length * this.dim,
      dim: this.dim,
      scope: (name) => (name === undefined ? scope : scope.scope(name)),
    };
  }

  /** The affine layer, and the site that it stands at. */
  private affineAt(
    name: string,
    inputs: number,
    units: number,
    place: AffinePlace,
  ): { readonly layer: AffineLayer; readonly site: OpenSite } {
    const { recorder } = this;
    const { kind: layer, ...more } = place;
    const site = this.announce('affine', name, [inputs, units], { layer, ...more });
    const kernel = this.zeroLogit && layer === 'logit' ? zeros : glorotUniform;
    const build = this.around<AffineLayer>(
      site,
      () => {
        const affineLayer = recorder.build(site, undefined, () =>
          place.factor ? this.factor(name, inputs, units) : plainAffine(this.scope(name), inputs, units, kernel),
        );
        return layerOf(affineLayer, (forward) => attribute(recorder.scope(site, name), forward));
      },
      ({ name: owner, plugin }, inner) => {
        const layer = plugin.affine({ ...this.site(owner, name), ...place, inputs, units, build: inner });
        if (!layer) return undefined;
        const scope = recorder.scope(site, name, owner);
        return layerOf(layer, (forward) => recorder.answered(site, scope, forward, units));
      },
    );
    return { layer: build(), site };
  }

  private announce(kind: SiteKind, name: string, shape: readonly number[], more: Partial<SiteFacts> = {}): OpenSite {
    const path = this.copy ? `${this.copy}/${name}` : name;
    return this.recorder.announce(kind, { path, shape, ...more });
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
      const width = index === 0 ? inputs : hiddenUnits[index - 1]!;
      const { layer: map, site } = this.affineAt(path, width, units, { kind: 'deep', index });
      const norm = normalize
        ? this.norm(`${path}/norm`, units, 'hidden', () => batchNorm(this.scope(`${path}/norm`), units))
        : undefined;
      const hidden = this.hidden(path, units, { kind: 'deep', index });
      const layer = activated(map, norm, activation);
      return attribute(this.recorder.scope(site, path), (x, batch) =>
        batch.dropout(hidden(layer(x, batch), batch), dropout),
      );
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
    const { recorder } = this;
    let replaced = base !== undefined;
    const site = this.announce('norm', path, [units], base ? {} : { empty: true });
    const makeLayer = (): Layer =>
      base ? attribute(recorder.scope(site, path), recorder.build(site, undefined, base)) : (x) => x;
    const build = this.around<Layer>(site, makeLayer, ({ name: owner, plugin }, inner) => {
      const layer = plugin.norm({ ...this.site(owner, path), place, units, build: inner });
      replaced ||= layer !== undefined;
      return layer && recorder.answered(site, recorder.scope(site, path, owner), layer, 'same');
    });
    const layer = build();
    return replaced ? layer : undefined;
  }

  /** Composes `around` hooks: the first plugin is the outermost, `base` the innermost. */
  private around<T, A extends unknown[] = []>(
    site: OpenSite,
    base: (...args: A) => T,
    hook: (plugin: NamedPlugin, inner: (...args: A) => T) => T | undefined,
  ): (...args: A) => T {
    return this.plugins.reduceRight<(...args: A) => T>(
      (inner, plugin) =>
        (...args) =>
          this.recorder.ask(site, plugin.name, () => hook(plugin, inner)) ?? inner(...args),
      base,
    );
  }
}

const inTurn =
  (chain: readonly HiddenInterceptor[]): HiddenInterceptor =>
  (h, batch) =>
    chain.reduce((value, intercept) => intercept(value, batch), h);
