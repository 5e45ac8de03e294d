import type { ErrorObject } from 'ajv';
import { MdctrError, type ErrorDetails, nearest } from '@mdctr/base';
import type { JsonSchema } from '@mdctr/core';
import type { ConfigDocument } from '../documents/document.js';
import { formatPath } from '../documents/located.js';
import { unknownNameHint } from '../packages/named-packages.js';
import { describe, show, tagValues, wayOut } from './describe-schema.js';
import { pathAsWritten } from './long-forms.js';
import { optionPaths } from './option-paths.js';

/** One of ajv's errors, at its place in a config. */
interface Violation {
  readonly keyword: string;
  readonly path: readonly string[];
  /** The path in words. */
  readonly here: string;
  readonly schema: JsonSchema;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string | undefined;
  readonly value: unknown;
  readonly document: ConfigDocument;
}

/** Turns one of ajv's errors into one that a person can act on. */
export function explain(error: ErrorObject, document: ConfigDocument): MdctrError {
  const path = pathAsWritten(error.instancePath.split('/').slice(1).map(unescape), document.value());
  const explanation = EXPLANATIONS[error.keyword] ?? explainValue;
  return explanation({
    keyword: error.keyword,
    path,
    here: formatPath(path) || 'the config',
    schema: error.parentSchema as JsonSchema,
    params: error.params as Record<string, unknown>,
    message: error.message,
    value: error.data,
    document,
  });
}

/** By ajv's keyword; of any other keyword it is the value that is wrong. */
const EXPLANATIONS: Readonly<Record<string, (violation: Violation) => MdctrError>> = {
  additionalProperties: explainUnknownKey,
  required: explainMissingKey,
  discriminator: (violation) =>
    violation.params.error === 'tag' ? explainMissingTag(violation) : explainUnknownName(violation),
  type: explainType,
};

function explainUnknownKey({ document, path, here, schema, params }: Violation): MdctrError {
  const key = params.additionalProperty as string;
  const names = Object.keys(schema.properties ?? {});
  // One of another place is no slip of the pen.
  const [deeper] = path.length === 0 ? optionPaths(schema, key) : [];
  const near = deeper ?? nearest(key, names);
  return errorAt(document, 'MDCTR_CONFIG_UNKNOWN_KEY', [...path, key], 'key', {
    what: `"${key}" is no option of ${here}.`,
    expected: `one of ${names.join(', ')}`,
    ...(near && { hint: `Did you mean "${near}"?` }),
  });
}

function explainMissingKey({ document, path, here, schema, params }: Violation): MdctrError {
  const key = params.missingProperty as string;
  const wanted = schema.properties?.[key];
  return errorAt(document, 'MDCTR_CONFIG_MISSING', path, 'value', {
    what: `${capital(here)} lacks "${key}".`,
    path: formatPath([...path, key]),
    expected: wanted ? describe(wanted) : `a value for "${key}"`,
    hint: wanted?.description ? `Add "${key}": ${wanted.description}` : `Add "${key}".`,
  });
}

function explainMissingTag({ document, path, here, schema, params }: Violation): MdctrError {
  const tag = params.tag as string;
  const names = namesOfTag(schema, tag);
  return errorAt(document, 'MDCTR_CONFIG_MISSING', path, 'value', {
    what: `${capital(here)} lacks "${tag}".`,
    path: formatPath([...path, tag]),
    expected: `one of ${names.join(', ')}`,
    hint: `Add it first, e.g. "${tag}": "${names[0]}"; it says which other options there are.`,
  });
}

function explainUnknownName({ document, path, schema, params }: Violation): MdctrError {
  const tag = params.tag as string;
  const names = namesOfTag(schema, tag);
  const found = String(params.tagValue);
  const near = nearest(found, names);
  // A backbone or plugin: others with a short form are no packages.
  const isUnit = (schema.oneOf ?? []).some((branch) => branch.properties?.name?.aliases !== undefined);
  return errorAt(document, 'MDCTR_CONFIG_UNKNOWN_NAME', [...path, tag], 'value', {
    what: `Nothing here is called "${found}".`,
    expected: `one of ${names.filter((name) => !name.includes('>')).join(', ')}`,
    found: JSON.stringify(found),
    hint: isUnit
      ? unknownNameHint(found, names, document.baseDir([...path, tag]))
      : near
        ? `Did you mean "${near}"?`
        : 'Choose one of them.',
  });
}

function explainType({ document, path, here, schema, value }: Violation): MdctrError {
  return errorAt(document, 'MDCTR_CONFIG_TYPE', path, 'value', {
    what: `${capital(here)} has the wrong type.`,
    expected: describe(schema),
    found: show(value),
    hint: wayOut(value, schema),
  });
}

function explainValue({ document, keyword, path, here, schema, message, value }: Violation): MdctrError {
  const near = typeof value === 'string' && schema.enum ? nearest(value, schema.enum.map(String)) : undefined;
  return errorAt(document, 'MDCTR_CONFIG_VALUE', path, 'value', {
    what: `${capital(here)} ${keyword === 'enum' ? 'is none of its choices' : (message ?? 'is not valid')}.`,
    expected: describe(schema),
    found: show(value),
    hint: near ? `Did you mean "${near}"?` : wayOut(value, schema),
  });
}

function errorAt(
  document: ConfigDocument,
  code: string,
  path: readonly string[],
  target: 'key' | 'value',
  details: Partial<ErrorDetails> & { what: string },
): MdctrError {
  return new MdctrError(code, { at: document.locate(path, target), path: formatPath(path), ...details });
}

/** The names that a discriminator's tag can have. */
const namesOfTag = (schema: JsonSchema, tag: string): string[] =>
  (schema.oneOf ?? []).flatMap((branch) => tagValues(branch.properties?.[tag]));

const unescape = (step: string): string => step.replace(/~1/g, '/').replace(/~0/g, '~');

const capital = (text: string): string => (text.startsWith('the ') ? `T${text.slice(1)}` : text);
