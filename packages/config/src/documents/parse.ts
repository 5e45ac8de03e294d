import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { MdctrError, nearest, type SourceLocation } from '@mdctr/base';
import { parseJson } from './json.js';
import type { Located } from './located.js';
import { parseYaml } from './yaml.js';

/**
 * Reads a config file, JSON (comments and trailing commas allowed) or YAML by its extension.
 * @throws MdctrError MDCTR_CONFIG_UNREADABLE, MDCTR_CONFIG_SYNTAX.
 */
export function parseConfigFile(file: string, askedFrom?: SourceLocation): Located {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause, askedFrom);
  }
  return /^\.ya?ml$/.test(extname(file)) ? parseYaml(text, file) : parseJson(text, file);
}

function unreadable(file: string, cause: unknown, askedFrom?: SourceLocation): MdctrError {
  const { code } = cause as NodeJS.ErrnoException;
  const near = code === 'ENOENT' ? neighbour(file) : undefined;
  const why = code === 'ENOENT' ? 'is not there' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
  return new MdctrError('MDCTR_CONFIG_UNREADABLE', {
    what: `The config file ${file} ${why}.`,
    ...(askedFrom && { at: askedFrom }),
    hint: near
      ? `Did you mean ${near}?`
      : 'Check the path; it is relative to the folder the command runs in, or to the file that extends it.',
    cause,
  });
}

/** A file beside the one that is not there whose name is like its name. */
function neighbour(file: string): string | undefined {
  try {
    const near = nearest(basename(file), readdirSync(dirname(file)));
    return near && join(dirname(file), near);
  } catch {
    return undefined;
  }
}
