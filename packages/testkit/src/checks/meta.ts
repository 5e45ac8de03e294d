import { metadataOf } from '../fixture/metadata-of.js';
import { API_VERSION, unitOf, type JsonSchema, type UnitClass, type UnitKind } from '@mdctr/core';
import { broken } from '../finding.js';
import { type BuiltPackage, importFresh } from '../fixture/import-fresh.js';
import { checkOptionValues } from '../fixture/resolve-options.js';

/** What the checks of a declaration look at. */
export interface Declared {
  readonly cls: UnitClass;
  readonly kind: UnitKind;
  readonly variants: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly invalid: readonly Readonly<Record<string, unknown>>[];
  readonly entry: BuiltPackage | undefined;
}

/** A check of a declaration: no model is built. */
export interface MetaCheck {
  readonly id: string;
  readonly title: string;
  /** @internal */
  run(declared: Declared): void | Promise<void>;
}

export const declaration: MetaCheck = {
  id: 'meta/declaration',
  title:
    'The class is declared by @Backbone or @Plugin with a name and a description, for this version of the contract.',
  run({ cls, kind }) {
    const unit = unitOf(cls);
    if (unit?.kind !== kind) {
      broken({
        found: unit ? `${cls.name} is declared as a ${unit.kind}` : `${cls.name} has no declaration`,
        expected: `@${kind === 'plugin' ? 'Plugin' : 'Backbone'}(...) over the class`,
        look: 'Decorators must be compiled with `experimentalDecorators`; in plain JavaScript call `Plugin(...)(cls)`.',
      });
    }
    const hook = kind === 'plugin' ? 'penalty' : 'build';
    if (typeof (cls.prototype as Record<string, unknown>)[hook] !== 'function') {
      broken({
        found: `${cls.name} has no method \`${hook}\``,
        expected: kind === 'plugin' ? 'a class that extends DomainPlugin' : 'a class with build(net)',
        look: 'Look at which class the decorator stands over.',
      });
    }
    if (!unit.description) {
      broken({
        found: `"${unit.name}" has no description`,
        expected: 'one sentence, for `mdctr list` and the editor',
        look: 'Add `description` to the decorator.',
      });
    }
    if (unit.apiVersion === API_VERSION) return;
    broken({
      found: `"${unit.name}" speaks version ${unit.apiVersion} of the contract`,
      expected: `version ${API_VERSION}`,
      look: 'Update @mdctr/core.',
    });
  },
};

export const schemaCompiles: MetaCheck = {
  id: 'meta/schema-compiles',
  title: 'The schema of the options compiles in ajv’s strict mode.',
  run({ cls }) {
    try {
      checkOptionValues(metadataOf(cls), {});
    } catch (error) {
      broken({
        found: (error as Error).message,
        expected: 'a schema of known keywords, types written out',
        look: 'Write the schema with TypeBox: Type.Object, Type.Number, Type.Enum, ...',
      });
    }
  },
};

export const optionsDocumented: MetaCheck = {
  id: 'meta/options-documented',
  title: 'Every option has a description, and a default unless it is optional.',
  run({ cls }) {
    for (const [path, schema, required] of optionsOf(metadataOf(cls).options)) {
      const lacks = !schema.description
        ? 'description'
        : required && schema.default === undefined
          ? 'default'
          : undefined;
      if (lacks === undefined) continue;
      broken({
        found: `the option ${path} has no ${lacks}`,
        expected: 'both: they are the docs table and the editor’s help',
        look: `Add \`${lacks}\` to its schema.`,
      });
    }
  },
};

export const defaultsValid: MetaCheck = {
  id: 'meta/defaults-valid',
  title: 'No option must be given: the defaults alone are valid. So is each variant that is checked.',
  run({ cls, variants }) {
    for (const [name, options] of Object.entries({ 'no options at all': {}, ...variants })) {
      const { problem } = checkOptionValues(metadataOf(cls), options);
      if (problem === undefined) continue;
      broken({
        found: `${name}: ${problem}`,
        expected: 'valid options',
        look: 'Correct the defaults in the schema, or the variant.',
      });
    }
  },
};

export const wrongOptionsRefused: MetaCheck = {
  id: 'meta/wrong-options-refused',
  title: 'Unknown keys are refused at every level, and so are the options that are declared as invalid.',
  run({ cls, invalid }) {
    const unit = metadataOf(cls);
    const unknown = [
      { 'no such option': 1 },
      ...nestedObjects(unit.options).map((key) => ({ [key]: { 'no such option': 1 } })),
    ];
    for (const options of [...unknown, ...invalid]) {
      if (checkOptionValues(unit, options).problem !== undefined) continue;
      broken({
        found: `${JSON.stringify(options)} is accepted`,
        expected: 'an error that names the key',
        look: 'Set `additionalProperties: false`, or narrow the option’s range (minimum, exclusiveMaximum, Type.Enum).',
      });
    }
  },
};

export const importHasNoSideEffects: MetaCheck = {
  id: 'meta/import-has-no-side-effects',
  title: 'Importing the package changes nothing: no globals, no listeners, no output, and the process can end.',
  async run({ entry }) {
    const effects = await importFresh(entry);
    if (effects.length === 0) return;
    broken({
      found: effects.join('; '),
      expected: 'decorators write metadata, and nothing else happens',
      look: 'Move what runs at the top of a module into the constructor or a hook.',
    });
  },
};

export const META_CHECKS = [
  declaration,
  schemaCompiles,
  optionsDocumented,
  defaultsValid,
  wrongOptionsRefused,
  importHasNoSideEffects,
];

/** All options with their paths, those inside objects, lists and alternatives included; the tags of alternatives are not options. */
function optionsOf(schema: JsonSchema, path = ''): [string, JsonSchema, boolean][] {
  const direct = Object.entries(schema.properties ?? {}).flatMap(([key, property]): [string, JsonSchema, boolean][] => {
    if (property.const !== undefined) return [];
    const required = (schema.required ?? []).includes(key);
    return [[`${path}/${key}`, property, required], ...optionsOf(property, `${path}/${key}`)];
  });
  const inner = [schema.items, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return [...direct, ...inner.flatMap((part) => (part ? optionsOf(part, path) : []))];
}

/** Names of the options that are objects with options of their own. */
function nestedObjects(schema: JsonSchema): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => (property.properties ? [key] : []));
}
