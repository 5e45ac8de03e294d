import { MdctrError, type SourceLocation } from '@mdctr/base';
import type { Unit } from '../registry/registry.js';

/**
 * Refuses plugins that cannot be together: two that own one part of the network, or one that is listed twice.
 * @throws MdctrError MDCTR_PLUGINS_CONFLICT with the reasons that both plugins declare.
 * @internal
 */
export function refuseConflicts(plugins: readonly Unit[], at?: SourceLocation): void {
  for (const [i, second] of plugins.entries()) {
    for (const first of plugins.slice(0, i)) {
      if (first.cls === second.cls) throw conflict(first, second, 'it is listed twice.', at);
      const owned = Object.keys(first.owns ?? {}).find((part) => second.owns?.[part] !== undefined);
      if (owned === undefined) continue;
      const reasons = `${first.name} ${first.owns![owned]!}, ${second.name} ${second.owns![owned]!}.`;
      throw conflict(first, second, `both need the ${owned} for themselves: ${reasons}`, at);
    }
  }
}

function conflict(first: Unit, second: Unit, why: string, at?: SourceLocation): MdctrError {
  return new MdctrError('MDCTR_PLUGINS_CONFLICT', {
    what: `The plugins "${first.name}" and "${second.name}" cannot be on one backbone: ${why}`,
    ...(at && { at }),
    hint: 'Take one of them out of "plugins", or compare the two as methods of a study.',
  });
}
