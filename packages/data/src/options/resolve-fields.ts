import { MdctrError, itemAt } from '@mdctr/base';
import type { DataOptions } from './data-options.js';
import type { FieldOption } from './field-options.js';
import { type FieldSpec, isCategory } from './field-spec.js';
import { fieldSpecs } from './field-specs.js';
import { groupField } from './group-field.js';
import { refuseUnknownParts } from './target-mean-parts.js';

/** Stands for every column that is not named. */
const OTHERS = '*';

/**
 * The fields that options name.
 * @param columns those that were read.
 * @throws MdctrError MDCTR_CONFIG_VALUE for options that do not go together and names that come twice,
 * MDCTR_DATA_DOMAIN for a domain that is no category, MDCTR_DATA_COLUMN for a column with the name of the domain
 * groups' field.
 */
export function resolveFields(options: DataOptions, columns: readonly string[]): FieldSpec[] {
  const { label, split, exclude, weight, domain, domainFeatures = [] } = options;
  const entries = (options.fields.length > 0 ? options.fields : [OTHERS]).map((field) =>
    typeof field === 'string' ? { name: field } : field,
  );
  const left = new Set([
    label,
    ...exclude,
    ...(weight === undefined ? [] : [weight]),
    ...('column' in split && split.by === 'time' ? [split.column] : []),
  ]);
  for (const { name } of entries) left.add(name);
  const others = columns.filter((name) => !left.has(name));
  const specs = entries.flatMap((field, place) => {
    const path = `data.fields[${place}]`;
    if (field.name !== OTHERS) return fieldSpecs(field, options.minFrequency, path);
    if (field.expression !== undefined) throw oneExpression(`${path}.expression`);
    return others.flatMap((name) => fieldSpecs(withoutItself({ ...field, name }), options.minFrequency, path));
  });
  const twin = entries.findIndex(({ name }, i) => entries.findIndex((other) => other.name === name) < i);
  if (twin >= 0) throw twoFields(itemAt(entries, twin).name, `data.fields[${twin}]`);
  const same = specs.findIndex(({ name }, i) => specs.findIndex((other) => other.name === name) < i);
  if (same >= 0) throw twoFields(itemAt(specs, same).name, 'data.fields');
  for (const name of [domain, domainFeatures].flat()) {
    const spec = specs.find((field) => field.name === name);
    if (spec && !isCategory(spec)) throw notACategory(name);
  }
  refuseUnknownParts(specs, 'data.fields');
  const group = groupField(options, [...columns, ...specs.map(({ name }) => name)]);
  return group ? [...specs, group] : specs;
}

/** Of what * stands for, the target means by a field are not those of the field itself. */
const withoutItself = (field: Exclude<FieldOption, string>): Exclude<FieldOption, string> =>
  field.encoding === undefined
    ? field
    : {
        ...field,
        encoding: [field.encoding].flat().filter((one) => one.kind !== 'targetMean' || !one.by.includes(field.name)),
      };

function oneExpression(path: string): MdctrError {
  return new MdctrError('MDCTR_CONFIG_VALUE', {
    what: 'An expression is one field, and * stands for several.',
    path,
    hint: 'Give the field a name.',
  });
}

function twoFields(name: string, path: string): MdctrError {
  return new MdctrError('MDCTR_CONFIG_VALUE', {
    what: name === OTHERS ? '"*" is there twice.' : `Two fields are called "${name}".`,
    path,
    expected: 'each name once',
    hint: 'Give one of them another name; its column goes into `expression`.',
  });
}

function notACategory(name: string): MdctrError {
  return new MdctrError('MDCTR_DATA_DOMAIN', {
    what: `The field "${name}" is part of the domain, or a domain feature, and so must be a category.`,
    expected: 'encoding vocabulary or hash, and no list',
    hint: 'Take out its encoding, or name another domain.',
  });
}
