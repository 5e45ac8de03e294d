import { extname } from 'node:path';
import { MdctrError, type SourceLocation } from '@mdctr/base';
import type { Entry } from './located.js';

/** What a parser could not read, with its place. */
export function syntaxError(what: string, at: SourceLocation): MdctrError {
  const isConfig = /^\.(json|jsonc|ya?ml)$/.test(extname(at.file));
  return new MdctrError('MDCTR_CONFIG_SYNTAX', {
    what,
    at,
    hint: isConfig
      ? 'Mend the file at this place.'
      : 'A config is JSON or YAML (.yaml, .yml). Data files are named in it, or with --data.',
  });
}

function duplicateKey(key: string, at: SourceLocation): MdctrError {
  return syntaxError(`The key "${key}" stands twice in one object.`, at);
}

/** Builds the entries of an object; a key that stands twice is an error, because one of the two is not what was meant. */
export function entriesOf(pairs: Iterable<readonly [string, Entry]>): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of pairs) {
    if (entries.has(key)) throw duplicateKey(key, entry.keyAt);
    entries.set(key, entry);
  }
  return entries;
}
