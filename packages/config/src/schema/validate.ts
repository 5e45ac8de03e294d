import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { MdctrErrors } from '@mdctr/base';
import { explain } from './explain.js';
import { ANNOTATIONS, type JsonSchema } from '@mdctr/core';
import { longForms } from './long-forms.js';
import type { ConfigDocument } from '../documents/document.js';

/**
 * Checks a config against a composed schema and fills in defaults.
 * @throws MdctrErrors with every error of the config: MDCTR_CONFIG_UNKNOWN_KEY, _UNKNOWN_NAME, _MISSING, _TYPE, _VALUE.
 */
export function validateConfig<T>(document: ConfigDocument, schema: JsonSchema): T {
  const value = longForms(document.value(), schema);
  const validate = compiled(schema);
  if (validate(value)) return value as T;
  throw new MdctrErrors(withoutNoise(validate.errors ?? []).map((error) => explain(error, document)));
}

/** By the schema's text: settings and searches of a study are checked against one schema many times. */
const known = new Map<string, ValidateFunction>();

function compiled(schema: JsonSchema): ValidateFunction {
  const text = JSON.stringify(schema);
  const before = known.get(text);
  if (before) return before;
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    discriminator: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    keywords: ANNOTATIONS,
  });
  const validate = ajv.compile(JSON.parse(text) as JsonSchema);
  if (known.size >= MOST_SCHEMAS) known.clear();
  known.set(text, validate);
  return validate;
}

/** More are kept by nobody who checks one config. */
const MOST_SCHEMAS = 8;

/**
 * A missing tag is an error of `required` and of `discriminator`; the second knows the choices.
 * Of a value that may have several forms (`anyOf`), ajv reports why it is none of them. What matters is the form whose
 * type fits; where no type fits, one sentence for all forms.
 */
function withoutNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf');
  const branchOf = (error: ErrorObject, union: ErrorObject): string | undefined =>
    error !== union && error.schemaPath.startsWith(`${union.schemaPath}/`)
      ? error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0]
      : undefined;
  const tagless = errors.filter(({ keyword, params }) => keyword === 'discriminator' && params.error === 'tag');
  const dropped = new Set<ErrorObject>(
    errors.filter(({ keyword, instancePath, params }) =>
      tagless.some(
        (error) =>
          keyword === 'required' && error.instancePath === instancePath && error.params.tag === params.missingProperty,
      ),
    ),
  );
  for (const union of unions) {
    const inside = errors.filter((error) => branchOf(error, union) !== undefined);
    const wrongType = inside.filter((error) => error.keyword === 'type' && error.instancePath === union.instancePath);
    const misfits = new Set(wrongType.map((error) => branchOf(error, union)));
    const useful = inside.filter((error) => !misfits.has(branchOf(error, union)));
    for (const error of inside) if (!useful.includes(error)) dropped.add(error);
    if (useful.length > 0) dropped.add(union);
  }
  return errors.filter((error) => !dropped.has(error));
}
