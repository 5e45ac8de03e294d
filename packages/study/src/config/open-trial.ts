import { checkBackbone, checkPlugins } from './check-units.js';
import { type OpenOptions, type Opened, openConfig } from './open.js';
import type { TrialConfig } from './types.js';

/**
 * Reads and validates a trial config: a file, or the config itself.
 * @throws MdctrError, MdctrErrors for what is wrong with the config or with a package that it names.
 */
export async function openTrial(source: string | object, options: OpenOptions): Promise<Opened<TrialConfig>> {
  const opened = await openConfig<TrialConfig>(source, options, 'trial');
  checkBackbone(opened, opened.config.backbone, ['backbone']);
  checkPlugins(opened, opened.config.plugins, ['plugins']);
  return opened;
}
