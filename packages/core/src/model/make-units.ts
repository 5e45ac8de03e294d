import { Random } from '@mdctr/base';
import { container as root, type DependencyContainer } from 'tsyringe';
import type { NamedPlugin } from '../network/network.js';
import type { BackboneBuilder } from '../network/network-builder.js';
import type { DomainPlugin } from '../plugin/domain-plugin.js';
import type { PackageOrigin, Unit } from '../registry/registry.js';
import { instantiate, notA, type UnitConfig } from './instantiate.js';
import type { AssemblyRequest } from './model-spec.js';
import { FEATURE_SCHEMA, SCHEDULE, type Schedule } from './tokens.js';

/** The backbone and the plugins of a model, made by a container of its own. */
export interface Units {
  readonly container: DependencyContainer;
  readonly backbone: { readonly name: string; readonly unit: Unit; readonly builder: BackboneBuilder };
  readonly plugins: readonly NamedPlugin[];
  /** Packages that the plugins come from, by the plugins' names. */
  readonly origins: ReadonlyMap<string, PackageOrigin>;
  /** The random streams of all of them, by `KIND/NAME`. */
  readonly streams: ReadonlyMap<string, Random>;
}

/**
 * Makes the units of a model, the plugins first.
 * @throws MdctrError MDCTR_UNIT_UNKNOWN for a name that the registry does not have, MDCTR_UNIT_CONSTRUCTION, MDCTR_UNIT_SHAPE.
 */
export function makeUnits(request: AssemblyRequest, random: Random, schedule: Schedule): Units {
  const { registry, schema } = request;
  const container = root.createChildContainer();
  container.registerInstance(FEATURE_SCHEMA, schema);
  container.registerInstance<Schedule>(SCHEDULE, schedule);
  const streams = new Map<string, Random>();
  const make = (unit: Unit, config: UnitConfig): object => {
    const name = shortName(config.name);
    const stream = random.fork(name);
    streams.set(`${unit.kind}/${name}`, stream);
    return instantiate(container, unit, config, stream);
  };

  const plugins = request.plugins.map((config): NamedPlugin => {
    const plugin = make(registry.get('plugin', config.name), config) as Partial<DomainPlugin>;
    // Not `instanceof`: a package may bring a copy of its own of the base class.
    if (!plugin.hidden || !plugin.penalty) throw notA('plugin', config.name, 'extends DomainPlugin');
    return { name: shortName(config.name), plugin: plugin as DomainPlugin };
  });

  const { backbone: config } = request;
  const unit = registry.get('backbone', config.name);
  const builder = make(unit, config) as Partial<BackboneBuilder>;
  if (!builder.build) throw notA('backbone', config.name, 'has a method build(net)');

  const origins = request.plugins.flatMap(({ name }) => {
    const { origin } = registry.get('plugin', name);
    return origin ? [[shortName(name), origin] as const] : [];
  });
  return {
    container,
    backbone: { name: shortName(config.name), unit, builder: builder as BackboneBuilder },
    plugins,
    origins: new Map(origins),
    streams,
  };
}

/** `package>name` without the package. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('>') + 1);
}
