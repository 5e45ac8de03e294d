import { MdctrError, type SourceLocation } from '@mdctr/base';
import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';

/** A value of a YAML file and where it stands. */
export interface LocatedYaml {
  readonly at: SourceLocation;
  readonly value: string | number | boolean | null | readonly LocatedYaml[] | ReadonlyMap<string, LocatedYaml>;
}

/**
 * Reads a file as PyYAML would (YAML 1.1: `True`, `1.e-3`, merge keys), with places. A key that stands twice, of which PyYAML takes
 * the last without a word, is an error.
 * @throws MdctrError MDCTR_CONVERT_FILE, MDCTR_CONVERT_SYNTAX
 */
export function readYaml(file: string): LocatedYaml {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MdctrError('MDCTR_CONVERT_FILE', {
      what: `The file ${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      hint: "Name the folder of an experiment's model_config.yaml and dataset_config.yaml, or the file of a tuner.",
      cause,
    });
  }
  const lines = new LineCounter();
  const document: Document = parseDocument(text, {
    version: '1.1',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const locate = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const first = document.errors[0];
  if (first)
    throw new MdctrError('MDCTR_CONVERT_SYNTAX', {
      what: `The file is not valid YAML: ${first.message.replace(/\.?$/, '.')}`,
      at: locate(first.pos[0]),
      hint: 'Mend the file at this place.',
    });
  return located(document, document.contents, { file, line: 1, column: 1 }, locate);
}

function located(
  document: Document,
  node: Node | null,
  fallback: SourceLocation,
  locate: (offset: number) => SourceLocation,
): LocatedYaml {
  const target = isAlias(node) ? (node.resolve(document) ?? null) : node;
  const at = node?.range ? locate(node.range[0]) : fallback;
  const inside = (item: unknown): LocatedYaml => located(document, item as Node | null, at, locate);
  if (isSeq(target)) return { at, value: target.items.map(inside) };
  if (!isMap(target))
    return { at, value: isScalar(target) ? (target.value as string | number | boolean | null) : null };
  const entries = new Map<string, LocatedYaml>();
  const merged = new Map<string, LocatedYaml>();
  for (const { key, value } of target.items) {
    const name = isScalar(key) ? (key.source ?? String(key.value)) : String(key);
    const item = { ...inside(value), at: (key as Node).range ? locate((key as Node).range![0]) : at };
    if (name !== '<<') entries.set(name, item);
    else
      for (const map of listOf(item)) mapOf(map).forEach((each, inner) => merged.has(inner) || merged.set(inner, each));
  }
  return { at, value: new Map([...merged, ...entries]) };
}

/** A list as it is, anything else as a list of one. */
export const listOf = (located: LocatedYaml): readonly LocatedYaml[] =>
  Array.isArray(located.value) ? (located.value as readonly LocatedYaml[]) : [located];

/** The entries of an object; none for anything else. */
export const mapOf = ({ value }: LocatedYaml): ReadonlyMap<string, LocatedYaml> =>
  value instanceof Map ? (value as ReadonlyMap<string, LocatedYaml>) : new Map<string, LocatedYaml>();

/** The value without places. */
export function plain({ value }: LocatedYaml): unknown {
  if (Array.isArray(value)) return (value as readonly LocatedYaml[]).map(plain);
  if (value instanceof Map)
    return Object.fromEntries(
      [...(value as ReadonlyMap<string, LocatedYaml>)].map(([key, item]) => [key, plain(item)]),
    );
  return value;
}
