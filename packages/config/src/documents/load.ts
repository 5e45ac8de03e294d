import { dirname, resolve } from 'node:path';
import { MdctrError, type SourceLocation } from '@mdctr/base';
import { overDataset } from './datasets.js';
import { ConfigDocument } from './document.js';
import { locatedOf, merge, type Located } from './located.js';
import { applyOverride } from './overrides.js';
import { parseConfigFile } from './parse.js';

export interface LoadOptions {
  /** Name among the config's `datasets`; by default what its `dataset` says, or the first. */
  readonly dataset?: string | undefined;
  /** Overrides `path.to.value=VALUE`, e.g. `training.epochs=2`; VALUE is JSON, or else a string. */
  readonly set?: readonly string[];
}

/**
 * Reads a config, lays it over what it `extends` and over the one of its `datasets` that is chosen, and applies overrides.
 * `source` is a file, or the config itself; paths in the latter are relative to the working directory.
 * @throws MdctrError MDCTR_CONFIG_UNREADABLE, MDCTR_CONFIG_SYNTAX, MDCTR_CONFIG_EXTENDS, MDCTR_CONFIG_DATASET,
 *   MDCTR_CONFIG_SET.
 */
export function loadConfig(source: string | object, { set = [], dataset }: LoadOptions = {}): ConfigDocument {
  const absolute = typeof source === 'string' ? resolve(source) : resolve('(config)');
  const root =
    typeof source === 'string'
      ? loadExtended(absolute, [])
      : overExtended(locatedOf(source, { file: '(config)' }), absolute, []);
  const whole = overDataset(root, dataset, (path, from) => loadExtended(path, [absolute], from));
  return new ConfigDocument(absolute, set.reduce(applyOverride, whole));
}

function loadExtended(file: string, chain: readonly string[], askedFrom?: SourceLocation): Located {
  if (chain.includes(file)) {
    throw new MdctrError('MDCTR_CONFIG_EXTENDS', {
      what: 'Config files extend one another in a circle.',
      ...(askedFrom && { at: askedFrom }),
      found: [...chain, file].join(' -> '),
      hint: 'Take one of the "extends" out; what both need can stand in a third file.',
    });
  }
  return overExtended(parseConfigFile(file, askedFrom), file, chain);
}

/** Lays a config over those that it `extends`. */
function overExtended(root: Located, file: string, chain: readonly string[]): Located {
  if (!(root.value instanceof Map)) {
    throw new MdctrError('MDCTR_CONFIG_TYPE', {
      what: 'A config is an object.',
      at: root.at,
      expected: 'an object',
      found: Array.isArray(root.value) ? 'a list' : JSON.stringify(root.value),
      hint: 'npx mdctr data describe writes a config for a data file.',
    });
  }
  const entries = new Map(root.value);
  const extended = entries.get('extends')?.node;
  entries.delete('extends');
  const over: Located = { ...root, value: entries };
  if (!extended) return over;
  const bases = Array.isArray(extended.value) ? extended.value : [extended];
  const loaded = bases.map((base) => {
    if (typeof base.value === 'string')
      return loadExtended(resolve(dirname(file), base.value), [...chain, file], base.at);
    throw new MdctrError('MDCTR_CONFIG_EXTENDS', {
      what: '"extends" names another config file.',
      at: base.at,
      expected: 'a path, or a list of paths',
    });
  });
  return [...loaded, over].reduce(merge);
}
