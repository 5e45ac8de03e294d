import { dirname } from 'node:path';
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
import type { SourceLocation } from '@mdctr/base';
import type { Entry, Located } from './located.js';
import { entriesOf, syntaxError } from './syntax-error.js';

/**
 * Reads YAML.
 * @throws MdctrError MDCTR_CONFIG_SYNTAX.
 */
export function parseYaml(text: string, file: string): Located {
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
