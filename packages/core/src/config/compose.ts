import type { Registry } from '../registry/registry.js';
import { fullName, type Unit } from '../registry/registry.js';
import type { UnitKind } from '../registry/decorators.js';
import { Type, type TSchema } from 'typebox';
import { closedSchema, SHORT_FORM, type JsonSchema } from './json-schema.js';

/** @internal Schemas of the sections that other rooms own. */
export interface ConfigSections {
  readonly registry: Registry;
  readonly data: TSchema;
  readonly training: TSchema;
  /** Optional sections of a study, by key; its settings may change them too. */
  readonly study?: Readonly<Record<string, TSchema>>;
  /** Sections of a study that hold for all of its settings. */
  readonly whole?: Readonly<Record<string, TSchema>>;
  /** Optional options of a study's methods, by key. */
  readonly method?: Readonly<Record<string, TSchema>>;
}

const embedding = Type.Object(
  {
    dim: Type.Integer({ minimum: 1, default: 16, description: 'Width of one field’s embedding.' }),
    initStd: Type.Number({
      minimum: 0,
      default: 0.01,
      description: 'Standard deviation of the first values (normal).',
    }),
  },
  { default: {}, description: 'Embedding table.' },
);

const packages = Type.Array(Type.String(), {
  default: [],
  description:
    'Further packages with backbones and plugins to load: npm names, or paths to .js or .ts files beside this config. ' +
    'A package that is named in place of a backbone or plugin need not stand here.',
});

/** @internal JSON Schema of one trial: data, one backbone with its plugins, one seed. */
export function trialSchema(sections: ConfigSections): JsonSchema {
  return config('A trial: one training run.', sections, {
    backbone: { ...unitSchema(sections.registry, 'backbone'), description: 'The network.' },
    plugins: { ...unitList(sections.registry), description: 'Multi-domain methods, the first outermost.' },
    seed: { type: 'integer', minimum: 0, default: 1, description: 'Seed of initial values, shuffling and dropout.' },
  });
}

/** @internal JSON Schema of a study: every backbone with every method, each with every seed. */
export function studySchema(sections: ConfigSections): JsonSchema {
  const { registry, study = {}, whole = {}, method: ofMethod = {} } = sections;
  const method: JsonSchema = {
    type: 'object',
    properties: {
      label: { type: 'string', minLength: 1, description: 'Name of the method in the table.' },
      plugins: { ...unitList(registry), description: 'Its plugins, the first outermost; none for the plain backbone.' },
      ...closedSchemas(ofMethod),
    },
    required: ['label'],
    additionalProperties: false,
  };
  const plain = [{ label: 'plain', plugins: [] }];
  // What a setting's sections may hold is checked when they are laid over the study's.
  const laidOver = (section: string): JsonSchema => ({
    type: 'object',
    additionalProperties: true,
    description: `Laid over the study's "${section}".`,
  });
  const setting: JsonSchema = {
    type: 'object',
    properties: {
      label: { type: 'string', minLength: 1, description: 'Name of the setting in the table.' },
      data: laidOver('data'),
      embedding: laidOver('embedding'),
      training: laidOver('training'),
      ...Object.fromEntries(Object.keys(study).map((section) => [section, laidOver(section)])),
    },
    required: ['label'],
    additionalProperties: false,
  };
  const own = closedSchemas({ ...study, ...whole });
  const optional = Object.keys(own);
  return config(
    'A study: backbones x methods x seeds, compared in one table.',
    sections,
    {
      backbones: {
        type: 'array',
        minItems: 1,
        items: unitSchema(registry, 'backbone', {
          label: { type: 'string', minLength: 1, description: 'Name in the table.' },
        }),
        description: 'The networks to compare the methods on.',
      },
      methods: {
        type: 'array',
        minItems: 1,
        items: method,
        default: plain,
        description: 'The methods to compare; one without plugins is the baseline of the gains.',
      },
      seeds: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { type: 'integer', minimum: 0 },
        default: [1],
        description: 'Every cell is trained once with each seed.',
      },
      settings: {
        type: 'array',
        items: setting,
        default: [],
        description: 'Parts of the grid that differ in more than backbone and method: all of it is run under each.',
      },
      plugins: {
        type: 'array',
        items: {
          type: 'object',
          properties: { name: { type: 'string', description: 'A package or path.' } },
          required: ['name'],
          additionalProperties: false,
          $comment: SHORT_FORM,
        },
        description: 'Packages to load, as under "packages"; options stand where a method names the plugin.',
      },
      ...own,
    },
    ['plugins', ...optional],
  );
}

const closedSchemas = (schemas: Readonly<Record<string, TSchema>>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, closedSchema(schema)]));

function config(
  description: string,
  { data, training }: ConfigSections,
  own: Record<string, JsonSchema>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.entries(own).flatMap(([key, schema]) =>
    schema.default === undefined && !optional.includes(key) ? [key] : [],
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    description,
    properties: {
      $schema: { type: 'string', description: 'Schema for editors; `mdctr schema` writes one.' },
      extends: {
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
        description: 'Config files that this one is laid over, by path relative to this file.',
      },
      datasets: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'Config files with "data" that this one can be laid over, by name; `--dataset` chooses.',
      },
      dataset: { type: 'string', description: 'Which of them; by default the first.' },
      name: { type: 'string', minLength: 1, description: 'Name in reports.' },
      description: { type: 'string', description: 'What this is for.' },
      packages: closedSchema(packages),
      data: closedSchema(data),
      embedding: closedSchema(embedding),
      ...own,
      training: { default: {}, ...closedSchema(training) },
    },
    required: ['name', 'data', ...required],
    additionalProperties: false,
  };
}

function unitList(registry: Registry): JsonSchema {
  return { type: 'array', items: unitSchema(registry, 'plugin'), default: [] };
}

/** One unit: its name alone, or an object with its options. */
function unitSchema(registry: Registry, kind: UnitKind, more: Record<string, JsonSchema> = {}): JsonSchema {
  const units = registry.list(kind);
  if (units.length === 0) return { not: {}, description: `No ${kind} is installed.` };
  const branches = units.map((unit): JsonSchema => {
    const { properties, required = [], ...rest } = unit.options;
    const name = {
      enum: [unit.name, fullName(unit)],
      aliases: aliasesOf(unit, units),
      description: unit.description ?? `The ${kind} ${unit.name}.`,
    };
    return { ...rest, properties: { name, ...more, ...properties }, required: ['name', ...required] };
  });
  return {
    type: 'object',
    required: ['name'],
    discriminator: { propertyName: 'name' },
    oneOf: branches,
    $comment: SHORT_FORM,
  };
}

/** A package that a config names stands for its only unit of a kind; validation is given the unit's own name. */
function aliasesOf({ origin, packageName }: Unit, units: readonly Unit[]): string[] {
  if (!origin || origin.builtin) return [];
  return units.filter((other) => other.packageName === packageName).length === 1 ? [packageName] : [];
}

/** @internal The same schema for editors: the short form is allowed too, and nothing that has a default is required. */
export function editorSchema(schema: JsonSchema): JsonSchema {
  const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema;
  return relax(copy);
}

function relax(schema: JsonSchema): JsonSchema {
  for (const [key, property] of Object.entries(schema.properties ?? {})) schema.properties![key] = relax(property);
  if (schema.items) schema.items = relax(schema.items);
  if (schema.anyOf) schema.anyOf = schema.anyOf.map(relax);
  if (schema.oneOf) schema.oneOf = schema.oneOf.map(relax);
  if (schema.required) {
    schema.required = schema.required.filter((key) => schema.properties?.[key]?.default === undefined);
    if (schema.required.length === 0) delete schema.required;
  }
  if (Array.isArray(schema.aliases)) {
    schema.enum?.push(...(schema.aliases as string[]));
    delete schema.aliases;
  }
  if (schema.$comment !== SHORT_FORM) return schema;
  const { description, oneOf, ...object } = schema;
  delete object.discriminator;
  delete object.$comment;
  if (!oneOf) return { ...(description && { description }), anyOf: [{ type: 'string' }, object] };
  const names = oneOf.flatMap((branch) => branch.properties?.name?.enum ?? []);
  // Packages that this schema was written without: their names are fine, their options are not known.
  const other = { type: 'string', pattern: PACKAGE_NAME, not: { enum: names } };
  const unknown = { properties: { name: other }, required: ['name'] };
  return {
    ...(description && { description }),
    anyOf: [{ type: 'string', enum: names }, other, { ...object, anyOf: [...oneOf, unknown] }],
  };
}

/** What only a package or path can be: as `namesPackage` and `CONVENTION` have it. */
const PACKAGE_NAME = '^[./]|[@/>]|^mdctr-(plugin|backbone)-';
