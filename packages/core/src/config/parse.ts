import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseTree, printParseErrorCode, type Node as JsonNode, type ParseError } from 'jsonc-parser';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node as YamlNode,
} from 'yaml';
import { MdctrError, type SourceLocation } from '../errors.js';
import type { Entry, Located } from './located.js';
import { nearest } from './nearest.js';

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

function syntaxError(what: string, at: SourceLocation): MdctrError {
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
function entriesOf(pairs: Iterable<readonly [string, Entry]>): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of pairs) {
    if (entries.has(key)) throw duplicateKey(key, entry.keyAt);
    entries.set(key, entry);
  }
  return entries;
}

function parseJson(text: string, file: string): Located {
  const lines = lineStarts(text);
  const locate = (offset: number): SourceLocation => ({ file, ...position(lines, offset) });
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (text.trim() === '') throw syntaxError('The file is empty.', { file, line: 1, column: 1 });
  if (first)
    throw syntaxError(`The file is not valid JSON: ${words(printParseErrorCode(first.error))}.`, locate(first.offset));
  if (!tree) throw syntaxError('The file holds nothing but comments.', { file, line: 1, column: 1 });
  const baseDir = dirname(file);
  const convert = (node: JsonNode): Located => {
    const at = locate(node.offset);
    if (node.type === 'array') return { at, baseDir, value: (node.children ?? []).map(convert) };
    if (node.type !== 'object') return { at, baseDir, value: node.value as string | number | boolean | null };
    const pairs = (node.children ?? []).map((property): readonly [string, Entry] => {
      const [key, value] = property.children as [JsonNode, JsonNode];
      return [key.value as string, { keyAt: locate(key.offset), node: convert(value) }];
    });
    return { at, baseDir, value: entriesOf(pairs) };
  };
  return convert(tree);
}

function parseYaml(text: string, file: string): Located {
  const counter = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
  const locate = (offset: number): SourceLocation => {
    const { line, col } = counter.linePos(offset);
    return { file, line, column: col };
  };
  const first = document.errors[0];
  if (first) throw syntaxError(`The file is not valid YAML: ${first.message}`, locate(first.pos[0]));
  const baseDir = dirname(file);
  const convert = (node: YamlNode | null, fallback: SourceLocation): Located => {
    const target = node && isAlias(node) ? (node.resolve(document) ?? null) : node;
    const at = node?.range ? locate(node.range[0]) : fallback;
    if (isSeq(target)) return { at, baseDir, value: target.items.map((item) => convert(item as YamlNode, at)) };
    if (isMap(target)) {
      const pairs = target.items.map((pair): readonly [string, Entry] => {
        const key = pair.key as YamlNode;
        const keyAt = key.range ? locate(key.range[0]) : at;
        const name = String(isScalar(key) ? key.value : key);
        return [name, { keyAt, node: convert(pair.value as YamlNode | null, keyAt) }];
      });
      return { at, baseDir, value: entriesOf(pairs) };
    }
    return { at, baseDir, value: isScalar(target) ? (target.value as string | number | boolean | null) : null };
  };
  if (!document.contents) throw syntaxError('The file is empty.', { file, line: 1, column: 1 });
  return convert(document.contents, { file, line: 1, column: 1 });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

function position(starts: readonly number[], offset: number): { line: number; column: number } {
  let line = starts.findIndex((start) => start > offset);
  if (line < 0) line = starts.length;
  return { line, column: offset - starts[line - 1]! + 1 };
}

/** `CommaExpected` as `comma expected`. */
function words(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
