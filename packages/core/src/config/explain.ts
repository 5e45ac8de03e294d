import type { ErrorObject } from 'ajv';
import { MdctrError, type ErrorDetails } from '../errors.js';
import type { JsonSchema } from './json-schema.js';
import type { ConfigDocument } from './load.js';
import { formatPath } from './located.js';
import { nearest } from './nearest.js';

/** Turns one of ajv's errors into one that a person can act on. */
export function explain(error: ErrorObject, document: ConfigDocument): MdctrError {
  const path = error.instancePath.split('/').slice(1).map(unescape);
  const schema = error.parentSchema as JsonSchema;
  const params = error.params as Record<string, unknown>;
  const here = formatPath(path) || '(the config)';
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
      const near = nearest(key, names);
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
        what: `${here} lacks "${key}".`,
        path: formatPath([...path, key]),
        expected: wanted ? describe(wanted) : `a value for "${key}"`,
        hint: `Add "${key}".`,
      });
    }
    case 'discriminator': {
      const tag = params.tag as string;
      const names = (schema.oneOf ?? []).flatMap((branch) => tagValues(branch.properties?.[tag]));
      if (params.error === 'tag') {
        return make('MDCTR_CONFIG_MISSING', path, 'value', {
          what: `${here} lacks "${tag}".`,
          path: formatPath([...path, tag]),
          expected: `one of ${names.join(', ')}`,
        });
      }
      const found = String(params.tagValue);
      const near = nearest(found, names);
      return make('MDCTR_CONFIG_UNKNOWN_NAME', [...path, tag], 'value', {
        what: `Nothing here is called "${found}".`,
        expected: `one of ${names.filter((name) => !name.includes('>')).join(', ')}`,
        found: JSON.stringify(found),
        hint: near ? `Did you mean "${near}"?` : 'For a third party’s, name its package in "packages".',
      });
    }
    case 'type':
      return make('MDCTR_CONFIG_TYPE', path, 'value', {
        what: `${here} has the wrong type.`,
        expected: describe(schema),
        found: show(error.data),
      });
    default: {
      const near =
        typeof error.data === 'string' && schema.enum ? nearest(error.data, schema.enum.map(String)) : undefined;
      return make('MDCTR_CONFIG_VALUE', path, 'value', {
        what: `${here} ${error.message ?? 'is not valid'}.`,
        expected: describe(schema),
        found: show(error.data),
        ...(near && { hint: `Did you mean "${near}"?` }),
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
  return `${type}${items}${limits.map(([sign, limit]) => ` ${String(sign)} ${String(limit)}`).join('')}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
