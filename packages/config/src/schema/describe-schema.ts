import type { JsonSchema } from '@mdctr/core';

/** A schema in words: type, range, choices. */
export function describe(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const tag = schema.discriminator?.propertyName;
  if (tag !== undefined) {
    const names = (schema.oneOf ?? []).flatMap((branch) => tagValues(branch.properties?.[tag]));
    const short = names.filter((name) => !name.includes('>'));
    return `an object with "${tag}": ${short.join(', ')}${tag === 'name' ? '; or such a name alone' : ''}`;
  }
  if (schema.anyOf) return schema.anyOf.map(describe).join(', or ');
  const limits = [
    ['>=', schema.minimum],
    ['>', schema.exclusiveMinimum],
    ['<=', schema.maximum],
    ['<', schema.exclusiveMaximum],
    ['at least this many items:', schema.minItems],
    ['at least this long:', schema.minLength],
  ].filter(([, limit]) => limit !== undefined);
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'a value');
  const items = schema.type === 'array' && schema.items?.type ? ` of ${String(schema.items.type)}` : '';
  const range = limits.map(([sign, limit]) => `${String(sign)} ${String(limit)}`).join(' and ');
  return `${type}${items}${range && ` ${range}`}`;
}

/** The values that a tag's schema allows. */
export function tagValues(tag: JsonSchema | undefined): string[] {
  return (tag?.enum ?? (tag?.const === undefined ? [] : [tag.const])).map(String);
}

/** What to do about a value: numbers and truths in quotes are a slip of their own. */
export function wayOut(value: unknown, schema: JsonSchema): string {
  const types = [schema.type].flat();
  const numeric = types.includes('number') || types.includes('integer');
  if (typeof value === 'string' && numeric && value.trim() !== '' && !Number.isNaN(Number(value)))
    return `Write ${value} without quotes.`;
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return `Write ${value} without quotes.`;
  if (schema.default === undefined) return 'Give it such a value.';
  return `Give it such a value, or leave it out: the default is ${show(schema.default)}.`;
}

/** A value as an error shows it, cut to 80 characters. */
export function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
