import { MdctrError, type SourceLocation } from '@mdctr/base';
import { ConfigDocument } from './document.js';
import { locatedOf, type Entry, type Located } from './located.js';

/** A config of overrides alone, for what has no file. */
export function overridesAlone(set: readonly string[]): ConfigDocument {
  const file = process.cwd();
  const empty: Located = { at: { file: '(no config)' }, baseDir: file, value: new Map<string, Entry>() };
  return new ConfigDocument(file, set.reduce(applyOverride, empty));
}

/**
 * The config with one value replaced.
 * @param override `path.to.value=VALUE`; VALUE is JSON, or else a string.
 * @throws MdctrError MDCTR_CONFIG_SET.
 */
export function applyOverride(root: Located, override: string): Located {
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
  return put(root, path, locatedOf(parseValue(match[2]!), at), at, override);
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
