import type { ErrorObject } from 'ajv';
import { MdctrError, type ErrorDetails, nearest } from '@mdctr/base';
import { SHORT_FORM, type JsonSchema } from '@mdctr/core';
import type { ConfigDocument } from '../documents/document.js';
import { formatPath } from '../documents/located.js';
import { unknownNameHint } from '../packages/named-packages.js';
import { optionPaths } from './option-paths.js';

/** Turns one of ajv's errors into one that a person can act on. */
export function explain(error: ErrorObject, document: ConfigDocument): MdctrError {
  const path = error.instancePath.split('/').slice(1).map(unescape);
  const schema = error.parentSchema as JsonSchema;
  const params = error.params as Record<string, unknown>;
  const here = formatPath(path) || 'the config';
  const make = (
    code: string,
    at: readonly string[],
    target: 'key' | 'value',
    details: Partial<ErrorDetails> & { what: string },
  ): MdctrError => new MdctrError(code, { at: document.locate(at, target), path: formatPath(at), ...details });

  switch (error.keyword) {
    case 'additionalProperties': {
      const key = params.additionalProperty as string;
      const names = Object.keys(schema.properties ?? {});
      // One of another place is no slip of the pen.
      const [deeper] = path.length === 0 ? optionPaths(schema, key) : [];
      const near = deeper ?? nearest(key, names);
      return make('MDCTR_CONFIG_UNKNOWN_KEY', [...path, key], 'key', {
        what: `"${key}" is no option of ${here}.`,
        expected: `one of ${names.join(', ')}`,
        ...(near && { hint: `Did you mean "${near}"?` }),
      });
    }
    case 'required': {
      const key = params.missingProperty as string;
      const wanted = schema.properties?.[key];
      return make('MDCTR_CONFIG_MISSING', path, 'value', {
        what: `${capital(here)} lacks "${key}".`,
        path: formatPath([...path, key]),
        expected: wanted ? describe(wanted) : `a value for "${key}"`,
        hint: wanted?.description ? `Add "${key}": ${wanted.description}` : `Add "${key}".`,
      });
    }
    case 'discriminator': {
      const tag = params.tag as string;
      const names = (schema.oneOf ?? []).flatMap((branch) => tagValues(branch.properties?.[tag]));
      if (params.error === 'tag') {
        return make('MDCTR_CONFIG_MISSING', path, 'value', {
          what: `${capital(here)} lacks "${tag}".`,
          path: formatPath([...path, tag]),
          expected: `one of ${names.join(', ')}`,
          hint: `Add it first, e.g. "${tag}": "${names[0]}"; it says which other options there are.`,
        });
      }
      const found = String(params.tagValue);
      const near = nearest(found, names);
      return make('MDCTR_CONFIG_UNKNOWN_NAME', [...path, tag], 'value', {
        what: `Nothing here is called "${found}".`,
        expected: `one of ${names.filter((name) => !name.includes('>')).join(', ')}`,
        found: JSON.stringify(found),
        hint:
          schema.$comment === SHORT_FORM // a backbone or plugin
            ? unknownNameHint(found, names, document.baseDir([...path, tag]))
            : near
              ? `Did you mean "${near}"?`
              : 'Choose one of them.',
      });
    }
    case 'type':
      return make('MDCTR_CONFIG_TYPE', path, 'value', {
        what: `${capital(here)} has the wrong type.`,
        expected: describe(schema),
        found: show(error.data),
        hint: wayOut(error.data, schema),
      });
    default: {
      const near =
        typeof error.data === 'string' && schema.enum ? nearest(error.data, schema.enum.map(String)) : undefined;
      return make('MDCTR_CONFIG_VALUE', path, 'value', {
        what: `${capital(here)} ${error.keyword === 'enum' ? 'is none of its choices' : (error.message ?? 'is not valid')}.`,
        expected: describe(schema),
        found: show(error.data),
        hint: near ? `Did you mean "${near}"?` : wayOut(error.data, schema),
      });
    }
  }
}

const unescape = (step: string): string => step.replace(/~1/g, '/').replace(/~0/g, '~');

function tagValues(tag: JsonSchema | undefined): string[] {
  return (tag?.enum ?? (tag?.const === undefined ? [] : [tag.const])).map(String);
}

/** A schema in words: type, range, choices. */
function describe(schema: JsonSchema): string {
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

/** What to do about a value: numbers and truths in quotes are a slip of their own. */
function wayOut(value: unknown, schema: JsonSchema): string {
  const types = [schema.type].flat();
  const numeric = types.includes('number') || types.includes('integer');
  if (typeof value === 'string' && numeric && value.trim() !== '' && !Number.isNaN(Number(value)))
    return `Write ${value} without quotes.`;
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return `Write ${value} without quotes.`;
  if (schema.default === undefined) return 'Give it such a value.';
  return `Give it such a value, or leave it out: the default is ${show(schema.default)}.`;
}

const capital = (text: string): string => (text.startsWith('the ') ? `T${text.slice(1)}` : text);

function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
