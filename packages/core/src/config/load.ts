import { dirname, resolve } from 'node:path';
import { MdctrError, type SourceLocation } from '../errors.js';
import { overDataset } from './datasets.js';
import { find, merge, plain, type DocumentPath, type Entry, type Located } from './located.js';
import { parseConfigFile } from './parse.js';

/**
 * A config with everything it extends and overrides laid together; every value knows where it was written.
 * @internal
 */
export class ConfigDocument {
  constructor(
    readonly file: string,
    readonly root: Located,
  ) {}

  /** The config as plain JSON, not yet validated. */
  value(): unknown {
    return plain(this.root);
  }

  /** Where the value at `path` stands (its nearest ancestor where it is absent), or its key. */
  locate(path: DocumentPath, what: 'value' | 'key' = 'value'): SourceLocation {
    const { node, keyAt, whole } = find(this.root, path);
    return what === 'key' && whole ? keyAt : node.at;
  }

  /** A relative path at `path`, made absolute from the folder of the file it was written in. */
  resolvePath(path: DocumentPath, relative: string): string {
    return resolve(find(this.root, path).node.baseDir, relative);
  }

  /** The config with some keys of the object at `path` laid over its own, as `extends` does, and without the key `path` begins with. */
  laidOver(path: DocumentPath, keys: readonly string[]): ConfigDocument {
    const { node } = find(this.root, path);
    const part = (of: Located, wanted: (key: string) => boolean): Located => ({
      ...of,
      value: new Map([...(of.value as Map<string, Entry>)].filter(([key]) => wanted(key))),
    });
    const base = part(this.root, (key) => key !== String(path[0]));
    return new ConfigDocument(
      this.file,
      merge(
        base,
        part(node, (key) => keys.includes(key)),
      ),
    );
  }

  /** Folder that names at `path` are resolved from. */
  baseDir(path: DocumentPath): string {
    return find(this.root, path).node.baseDir;
  }
}

/** @internal */
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
 * @internal
 */
export function loadConfig(source: string | object, { set = [], dataset }: LoadOptions = {}): ConfigDocument {
  const absolute = typeof source === 'string' ? resolve(source) : resolve('(config)');
  const own =
    typeof source === 'string'
      ? loadExtended(absolute, [])
      : overExtended(toLocated(source, { file: '(config)' }), absolute, []);
  const whole = overDataset(own, dataset, (path, from) => loadExtended(path, [absolute], from));
  return new ConfigDocument(absolute, set.reduce(applyOverride, whole));
}

/** @internal A config that was made, not read; all of it stands at one place. */
export function documentOf(value: object, at: SourceLocation): ConfigDocument {
  return new ConfigDocument(at.file, toLocated(value, at));
}

/** @internal A config of overrides alone, for what has no file. */
export function overridesAlone(set: readonly string[]): ConfigDocument {
  const file = process.cwd();
  const empty: Located = { at: { file: '(no config)' }, baseDir: file, value: new Map<string, Entry>() };
  return new ConfigDocument(file, set.reduce(applyOverride, empty));
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
function overExtended(own: Located, file: string, chain: readonly string[]): Located {
  if (!(own.value instanceof Map)) {
    throw new MdctrError('MDCTR_CONFIG_TYPE', {
      what: 'A config is an object.',
      at: own.at,
      expected: 'an object',
      found: Array.isArray(own.value) ? 'a list' : JSON.stringify(own.value),
      hint: 'npx mdctr data describe writes a config for a data file.',
    });
  }
  const entries = new Map(own.value);
  const extended = entries.get('extends')?.node;
  entries.delete('extends');
  const over: Located = { ...own, value: entries };
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

function applyOverride(root: Located, override: string): Located {
  const match = /^([^=]+)=(.*)$/s.exec(override);
  if (!match) {
    throw new MdctrError('MDCTR_CONFIG_SET', {
      what: 'An override has no value.',
      expected: 'path=value, e.g. training.epochs=2',
      found: override,
      hint: `Write --set ${override}=VALUE.`,
    });
  }
  const path = match[1]!.split(/[.[\]]+/).filter(Boolean);
  const at: SourceLocation = { file: `--set ${override}` };
  return put(root, path, toLocated(parseValue(match[2]!), at), at, override);
}

function put(node: Located, path: readonly string[], value: Located, at: SourceLocation, override: string): Located {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(node.value)) {
    const index = Number(step);
    const old = node.value[index];
    const last = node.value.length - (rest.length > 0 ? 1 : 0);
    if (!Number.isInteger(index) || index < 0 || index > node.value.length || (!old && rest.length > 0)) {
      throw new MdctrError('MDCTR_CONFIG_SET', {
        what: `The override "${override}" does not fit the config: a list of ${node.value.length} has no item "${step}".`,
        at: node.at,
        expected: last < 0 ? 'a list that has items' : `an item from 0 to ${last}`,
        hint: 'Replace the whole list, e.g. --set plugins=\'[{"name":"adasparse"}]\'.',
      });
    }
    const items = [...node.value];
    items[index] = old ? put(old, rest, value, at, override) : value;
    return { ...node, value: items };
  }
  const entries: Map<string, Entry> = node.value instanceof Map ? new Map(node.value) : new Map();
  // A unit written as its name alone becomes an object of that name.
  if (typeof node.value === 'string') entries.set('name', { keyAt: node.at, node });
  const child = entries.get(step)?.node ?? { at, baseDir: process.cwd(), value: new Map<string, Entry>() };
  entries.set(step, { keyAt: at, node: put(child, rest, value, at, override) });
  return { ...node, value: entries };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function toLocated(value: unknown, at: SourceLocation): Located {
  const baseDir = process.cwd();
  if (Array.isArray(value)) return { at, baseDir, value: value.map((item) => toLocated(item, at)) };
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { keyAt: at, node: toLocated(item, at) }] as const,
    );
    return { at, baseDir, value: new Map(entries) };
  }
  return { at, baseDir, value: value as string | number | boolean | null };
}
