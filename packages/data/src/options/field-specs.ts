import { MdctrError } from '@mdctr/base';
import { quoted } from '../database/sql.js';
import type { EncodingOption, FieldOption } from './field-options.js';
import type { FieldSpec } from './field-spec.js';

/**
 * A field as the config has it, once with each of its encodings. The first has its name; the others are called after
 * their encodings too, e.g. `user:targetMean:tab`.
 * @throws MdctrError MDCTR_CONFIG_VALUE for options that do not go together.
 */
export function fieldSpecs(field: Exclude<FieldOption, string>, minFrequency: number, path: string): FieldSpec[] {
  const encodings: readonly (EncodingOption | undefined)[] = field.encoding ? [field.encoding].flat() : [undefined];
  const withVocabulary = encodings.some(isVocabulary);
  if (field.minFrequency !== undefined && !withVocabulary) {
    throw needsVocabulary(`${path}.minFrequency`, encodings[0]!.kind);
  }
  return encodings.map((encoding, i) => {
    const { name, expression } = field;
    const place = encodings.length > 1 ? `${path}.encoding[${i}]` : `${path}.encoding`;
    const spec = encoded(field, encoding, minFrequency, path, place);
    if (i === 0 || encoding === undefined) return spec;
    return { ...spec, name: nameOf(name, encoding), expression: expression ?? quoted(name) };
  });
}

const isVocabulary = (encoding: EncodingOption | undefined): encoding is undefined =>
  encoding === undefined || encoding.kind === 'vocabulary';

function nameOf(field: string, encoding: EncodingOption): string {
  return [field, encoding.kind, ...(encoding.kind === 'targetMean' ? encoding.by : [])].join(':');
}

function encoded(
  { name, expression, list, ...field }: Exclude<FieldOption, string>,
  encoding: EncodingOption | undefined,
  minFrequency: number,
  path: string,
  place: string,
): FieldSpec {
  const common = { name, ...(expression !== undefined && { expression }), ...(list && { list }) };
  if (isVocabulary(encoding)) return { ...common, minFrequency: field.minFrequency ?? minFrequency };
  const { kind } = encoding;
  if (kind === 'vocabulary') return common;
  if (list && kind !== 'hash' && kind !== 'targetMean') throw noListOf(kind, `${path}.list`);
  if (kind === 'edges') requireAscending(encoding.edges, `${place}.edges`);
  return { ...common, encoding };
}

function needsVocabulary(path: string, kind: string): MdctrError {
  return new MdctrError('MDCTR_CONFIG_VALUE', {
    what: `"minFrequency" goes with a vocabulary, and this field's encoding is "${kind}".`,
    path,
    hint: 'Take one of the two out.',
  });
}

function noListOf(kind: string, path: string): MdctrError {
  return new MdctrError('MDCTR_CONFIG_VALUE', {
    what: `A list is of categories, and this field's encoding is "${kind}".`,
    path,
    expected: 'encoding vocabulary, hash or targetMean',
    hint: 'Take out `list` or `encoding`.',
  });
}

function requireAscending(edges: readonly number[], path: string): void {
  const wrong = edges.findIndex((edge, i) => i > 0 && edge <= edges[i - 1]!);
  if (wrong < 0) return;
  throw new MdctrError('MDCTR_CONFIG_VALUE', {
    what: 'The edges of a field are not in ascending order.',
    path: `${path}[${wrong}]`,
    expected: `a number above ${edges[wrong - 1]}`,
    found: String(edges[wrong]),
  });
}
