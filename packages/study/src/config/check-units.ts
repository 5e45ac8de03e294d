import { itemAt } from '@mdctr/base';
import { checkOptions } from '@mdctr/config';
import { refuseConflicts, type UnitConfig } from '@mdctr/core';
import type { Opened } from './open.js';

/** Refuses options of a backbone that do not fit together. */
export function checkBackbone(
  { registry, document }: Opened<unknown>,
  backbone: UnitConfig,
  path: readonly (string | number)[],
): void {
  checkOptions(registry.get('backbone', backbone.name), backbone, document, path);
}

/** Refuses plugins that cannot be together, and options that do not fit: before hours of training, not in the middle of them. */
export function checkPlugins(
  { registry, document }: Opened<unknown>,
  plugins: readonly UnitConfig[],
  path: readonly (string | number)[],
): void {
  const units = plugins.map(({ name }) => registry.get('plugin', name));
  units.forEach((unit, i) => checkOptions(unit, itemAt(plugins, i), document, [...path, i]));
  refuseConflicts(units, document.locate(path));
}
