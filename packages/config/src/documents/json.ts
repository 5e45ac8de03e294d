import { dirname } from 'node:path';
import { parseTree, printParseErrorCode, type Node as JsonNode, type ParseError } from 'jsonc-parser';
import type { SourceLocation } from '@mdctr/base';
import type { Entry, Located } from './located.js';
import { entriesOf, syntaxError } from './syntax-error.js';

/**
 * Reads JSON with comments and trailing commas.
 * @throws MdctrError MDCTR_CONFIG_SYNTAX.
 */
export function parseJson(text: string, file: string): Located {
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
