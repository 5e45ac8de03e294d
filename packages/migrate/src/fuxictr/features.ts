import { MdctrError, nearest, type SourceLocation } from '@mdctr/base';
import type { Draft } from '../conversion-report.js';
import type { ConvertedField } from './field.js';
import { convertColumn } from './column.js';
import { textOf, wrongValue, type Setting, Settings } from './settings.js';
import { listOf, mapOf } from './yaml-file.js';

/**
 * Label, fields and domain.
 * @param domain fields whose values make up the domain, which FuxiCTR's configs do not have
 * @throws MdctrError MDCTR_CONVERT_DOMAIN, MDCTR_CONVERT_VALUE
 */
export function convertFeatures(settings: Settings, domain: readonly string[], draft: Draft): void {
  convertLabel(settings, draft);
  const minimum = settings.take('min_categr_count');
  if (minimum)
    draft.keep(
      minimum,
      'data.minFrequency',
      Number(minimum.value),
      'Rarer values share one id with values never seen, as there.',
    );
  const buckets = settings.take('num_buckets');
  const columns = settings.take('feature_cols');
  if (!columns)
    throw new MdctrError('MDCTR_CONVERT_DATASET', {
      what: 'The data set names no feature_cols.',
      at: placeOfAny(settings),
      expected: 'feature_cols, a list of columns',
      hint: 'Data that were encoded before have none: name the data set of their source files, --dataset ID.',
    });
  const fields: ConvertedField[] = [];
  listOf(columns.node).forEach((node, i) => {
    const column = new Settings(mapOf(node), `feature_cols[${i}].`);
    fields.push(
      ...convertColumn(column, { domain, first: fields.length, buckets: buckets ? Number(buckets.value) : 10 }, draft),
    );
  });
  if (buckets) {
    if (fields.some(({ encoding }) => encoding !== undefined))
      draft.same(buckets, 'Stands at each field that has buckets.', 'data.fields');
    else draft.leaveOut(buckets, 'No column has buckets.');
  }
  const chosen = useFeatures(settings.take('use_features'), fields, domain, draft);
  chooseDomain(chosen, domain, columns.at, draft);
  draft.same({ key: 'feature_cols', at: columns.at }, '', 'data.fields');
  draft.set(
    'data.fields',
    chosen.map((field) => (Object.keys(field).length === 1 ? field.name : field)),
  );
}

function convertLabel(settings: Settings, draft: Draft): void {
  const label = settings.take('label_col');
  if (!label) return;
  const labels = listOf(label.node).map((node, i) => new Settings(mapOf(node), `label_col${i === 0 ? '' : `[${i}]`}.`));
  for (const [i, column] of labels.entries()) {
    const [name, type, preprocess] = [column.take('name'), column.take('dtype'), column.take('preprocess')];
    if (!name) throw wrongValue(label, '{name: ..., dtype: float}');
    if (i === 0) draft.keep(name, 'data.label', textOf(name));
    else draft.leaveOut(name, 'A trial has one label; the first one is taken. Its column is no field here either.');
    if (type) draft.same(type, 'Labels are 0 or 1 here.');
    if (preprocess)
      draft.leaveOut(
        preprocess,
        'A label that is computed is a column of source.columns here, with an SQL expression.',
      );
    for (const [key, setting] of column.rest())
      draft.leaveOut(setting, `Unknown: ${key} is no key of a label that this converter knows.`);
  }
}

/** Only these features, in this order. */
function useFeatures(
  setting: Setting | undefined,
  fields: readonly ConvertedField[],
  domain: readonly string[],
  draft: Draft,
): ConvertedField[] {
  if (!setting) return [...fields];
  if (!Array.isArray(setting.value) || setting.value.length === 0) {
    draft.same(setting, 'null: all active columns.');
    return [...fields];
  }
  const names = setting.value.map(String);
  draft.same(setting, 'The other columns are not among the fields.', 'data.fields');
  const wanted = [...names, ...domain.filter((name) => !names.includes(name))];
  return wanted.flatMap((name) => fields.find((field) => field.name === name) ?? []);
}

/** The domain's fields must be single categories, and among the fields. */
function chooseDomain(fields: ConvertedField[], domain: readonly string[], at: SourceLocation, draft: Draft): void {
  const categories = fields
    .filter(({ list, encoding }) => list === undefined && encoding === undefined)
    .map(({ name }) => name);
  const problem = (what: string, wrong?: string): MdctrError => {
    const near = wrong === undefined ? undefined : nearest(wrong, categories);
    return new MdctrError('MDCTR_CONVERT_DOMAIN', {
      what,
      at,
      expected: `--domain FIELD, the field that tells the domains apart: one of ${shortened(categories)}, or another column of the files`,
      hint: near
        ? `Did you mean --domain ${near}?`
        : 'Few values that each have many rows make a domain: a tab, an ad position, a country.',
    });
  };
  if (domain.length === 0) throw problem("FuxiCTR's configs have no domain, mdctr's must have one.");
  for (const name of domain) {
    const field = fields.find((candidate) => candidate.name === name);
    if (field && !categories.includes(name))
      throw problem(`The field ${name} is a list or a number, which cannot be the domain.`);
    if (field) continue;
    fields.push({ name });
    draft.note(
      '--domain',
      'data.fields',
      `${name} is no active column there; the domain must be among the fields here.`,
    );
  }
  draft.add(
    '--domain',
    'data.domain',
    domain.length === 1 ? domain[0] : domain,
    'A plain network sees it as a field like any other.',
  );
}

const shortened = (names: readonly string[]): string =>
  names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')}, ...`;

const placeOfAny = (settings: Settings): SourceLocation =>
  settings.rest()[0]?.[1].at ?? { file: 'dataset_config.yaml' };
