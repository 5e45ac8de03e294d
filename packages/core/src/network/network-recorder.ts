import { attribute, type Parameter, type Scope, type Tensor } from '@mdctr/tensor';
import type { DomainBatch } from '../batch/domain-batch.js';
import { guarded, inHook } from '../plugin/unit-failure.js';
import type { PackageOrigin } from '../registry/registry.js';
import type {
  BuildRecord,
  HookRecord,
  NetworkRecord,
  OtherHook,
  PluginParameter,
  SiteKind,
  SiteRecord,
} from './network-record.js';

/** A site's facts, as it is announced. */
export type SiteFacts = Pick<SiteRecord, 'path' | 'shape' | 'layer' | 'index' | 'factor' | 'empty'>;

/** A record that is still being written. */
export interface OpenSite extends SiteRecord {
  readonly plugins: string[];
  readonly parameters: PluginParameter[];
  readonly builds: OpenBuild[];
}

interface OpenBuild extends BuildRecord {
  readonly sites: OpenSite[];
  readonly parameters: Parameter[];
}

/** Writes down how a network is put together: calls come in the order of the building, nested as it is. */
export class NetworkRecorder implements NetworkRecord {
  readonly sites: OpenSite[] = [];
  private readonly answers: HookRecord[] = [];
  private readonly scopes = new Map<Scope, SiteRecord>();
  /** Where sites that are announced now stand. */
  private siblings = this.sites;
  /** Whose a parameter is that is made now. */
  private keep: (parameter: Parameter) => void = () => {};

  constructor(
    readonly backbone: string,
    readonly plugins: readonly string[],
    /** Where plugins come from, by their names. */
    private readonly origins: ReadonlyMap<string, Pick<PackageOrigin, 'at' | 'builtin'>> = new Map(),
  ) {}

  get hooks(): readonly HookRecord[] {
    return this.inOrder(this.answers, ({ plugin }) => plugin);
  }

  siteOf(scope: Scope): SiteRecord | undefined {
    return this.scopes.get(scope);
  }

  /** A site comes by. */
  announce(kind: SiteKind, facts: SiteFacts): OpenSite {
    const site: OpenSite = { kind, ...facts, plugins: [], parameters: [], builds: [] };
    this.siblings.push(site);
    return site;
  }

  /** A plugin is asked at a site; what it says is handed on. */
  ask<T>(site: OpenSite, plugin: string, hook: () => T | undefined): T | undefined {
    const answer = inHook(
      `plugin "${plugin}"`,
      `${site.kind} at the site ${site.path}`,
      this.origins.get(plugin)?.at,
      () => this.during((parameter) => site.parameters.push({ plugin, parameter }), this.siblings, hook),
    );
    if (answer !== undefined && !site.plugins.includes(plugin)) {
      site.plugins.splice(0, Infinity, ...this.inOrder([...site.plugins, plugin], (name) => name));
    }
    return answer;
  }

  /**
   * What a plugin answered at a site, as it is run: its work is counted there in a profile, and what it throws, or an answer of
   * another shape than [rows, `width`] (that of what it is given for 'same'), names it.
   */
  answered<A extends [Tensor | object, DomainBatch, ...unknown[]], T>(
    site: OpenSite,
    scope: Scope,
    run: (...args: A) => T,
    width?: number | 'same',
  ): (...args: A) => T {
    const where = `${site.kind} at the site ${site.path}`;
    const complaint = width === undefined ? undefined : wrongShape(width);
    return attribute(scope, this.guard(scope.plugin!, where, run, complaint));
  }

  /** What a plugin's hook returned; those that come with the command are run as they are. */
  guard<A extends unknown[], T>(
    plugin: string,
    where: string,
    run: (...args: A) => T,
    complaint?: Parameters<typeof guarded<A, T>>[4],
  ): (...args: A) => T {
    const { at, builtin } = this.origins.get(plugin) ?? {};
    return builtin ? run : guarded(`plugin "${plugin}"`, where, at, run, complaint);
  }

  /** The backbone's own part of a site is built. */
  build<T>(site: OpenSite, copy: string | undefined, make: () => T): T {
    const build: OpenBuild = { ...(copy !== undefined && { copy }), sites: [], parameters: [] };
    site.builds.push(build);
    return this.during((parameter) => build.parameters.push(parameter), build.sites, make);
  }

  /** A plugin is asked for something at no site. */
  askHook<T>(hook: OtherHook, plugin: string, ask: () => T, variantsOf?: (answer: T) => readonly string[]): T {
    const parameters: Parameter[] = [];
    const answer = inHook(`plugin "${plugin}"`, hook, this.origins.get(plugin)?.at, () =>
      this.during((parameter) => parameters.push(parameter), this.siblings, ask),
    );
    const variants = variantsOf?.(answer);
    const answered = variants ? variants.length > 0 : answer !== undefined;
    if (answered && !this.answers.some((one) => one.hook === hook && one.plugin === plugin)) {
      this.answers.push({ hook, plugin, parameters, ...(variants && { variants }) });
    }
    return answer;
  }

  /** A parameter was made. */
  readonly created = (parameter: Parameter): void => this.keep(parameter);

  /** A scope of work at a site: the backbone's own, or a plugin's. `name` is the same in every copy of a network. */
  scope(site: SiteRecord, name: string, plugin?: string): Scope {
    const scope: Scope = { site: name, ...(plugin !== undefined && { plugin }) };
    this.scopes.set(scope, site);
    return scope;
  }

  private during<T>(keep: (parameter: Parameter) => void, siblings: OpenSite[], body: () => T): T {
    const outer = { keep: this.keep, siblings: this.siblings };
    Object.assign(this, { keep, siblings });
    try {
      return body();
    } finally {
      Object.assign(this, outer);
    }
  }

  private inOrder<T>(list: readonly T[], nameOf: (one: T) => string): T[] {
    return [...list].sort((a, b) => this.plugins.indexOf(nameOf(a)) - this.plugins.indexOf(nameOf(b)));
  }
}

/** Whether what a function gives for x [rows, ...] and a batch is [rows, units]. */
const wrongShape =
  (units: number | 'same') =>
  (
    answer: unknown,
    ...[x, batch]: [object, DomainBatch, ...unknown[]]
  ): { expected: string; found: string } | undefined => {
    const given = (x as Partial<Tensor>).shape;
    const rows = given?.[0] ?? batch.rows;
    const width = units === 'same' ? given![1] : units;
    const shape = (answer as Partial<Tensor> | undefined)?.shape;
    if (shape?.length === 2 && shape[0] === rows && shape[1] === width) return undefined;
    const found =
      answer === undefined ? 'nothing (does it lack a return?)' : shape ? `[${shape.join(', ')}]` : String(answer);
    return { expected: `a tensor [${rows}, ${width}]`, found };
  };
