import { firstOf } from '@mdctr/base';
import type { Draft, Source } from '../conversion-report.js';
import type { ConvertedField } from './field.js';
import { numberOf, textOf, wrongValue, type Setting, type Settings } from './settings.js';

interface Context {
  /** Names that are fields even if they are not active. */
  readonly domain: readonly string[];
  /** Place of the first field of the column in the list of all. */
  readonly first: number;
  /** `num_buckets` of the data set. */
  readonly buckets: number;
}

/** What is left out of every column, and why. */
const UNUSED: Readonly<Record<string, string>> = {
  dtype: 'Cells are text here, so 19-digit ids and leading zeros survive.',
  source: 'Where a feature belongs is not told here; fields that describe a domain are data.domainFeatures.',
  remap: 'All values get ids by a vocabulary; ids that are numbers already lose nothing by it.',
  vocab_size: 'Vocabularies come from the training rows.',
  embedding_dim: 'All fields have the width embedding.dim here.',
  emb_output_dim: 'All fields have the width embedding.dim here.',
  share_embedding: 'Every field has embeddings of its own here.',
  pretrained_emb: 'Embeddings start at random here.',
  pretrain_dim: 'Embeddings start at random here.',
  pretrain_usage: 'Embeddings start at random here.',
  freeze_emb: 'Embeddings start at random here, and are trained.',
};

/**
 * The fields of a column of `feature_cols`, which may name several; every key of it goes into the report.
 * Source: fuxictr/preprocess/feature_processor.py, 2.3.10.
 */
export function convertColumn(column: Settings, context: Context, draft: Draft): readonly ConvertedField[] {
  const name = column.take('name');
  if (!name) throw wrongValue(column.rest()[0]?.[1] ?? missing(), 'a column with a name');
  const names = (Array.isArray(name.value) ? name.value : [name.value]).map(String);
  const active = column.take('active');
  const used = active?.value === false ? names.filter((each) => context.domain.includes(each)) : names;
  const place = `data.fields[${context.first}]`;
  if (used.length === 0) {
    draft.leaveOut(name, 'Not active.');
    draft.same(active!, 'Only named columns are fields here.');
    for (const [, setting] of column.rest()) draft.leaveOut(setting, 'The column is not active.');
    return [];
  }
  if (active?.value === false) draft.change(active, `${used.join(', ')}: the domain must be among the fields.`, place);
  else if (active) draft.same(active, 'Only named columns are fields here.');
  const type = column.take('type');
  const kind = type ? textOf(type) : 'categorical';
  if (type && (kind === 'meta' || kind === 'embedding')) {
    const why =
      kind === 'meta'
        ? 'A column for groups of a metric, no field: data.gaucBy.'
        : 'Vectors as input do not exist here.';
    draft.leaveOut(name, why);
    draft.leaveOut(type, why);
    for (const [, setting] of column.rest()) draft.leaveOut(setting, why);
    return [];
  }
  draft.same(name, '', place);
  const options: Record<string, unknown> = {};
  const preprocess = column.take('preprocess');
  if (preprocess) convertPreprocess(preprocess, names, options, place, draft);
  if (!type || kind === 'categorical') convertCategorical(column, type, options, place, context.buckets, draft);
  else if (kind === 'numeric') convertNumeric(column, type, options, place, draft);
  else if (kind === 'sequence') convertSequence(column, type, options, place, draft);
  else throw wrongValue(type, 'categorical, numeric, sequence, meta or embedding');
  const minimum = column.take('min_categr_count');
  if (minimum && kind === 'numeric') draft.leaveOut(minimum, 'Numbers have no vocabulary.');
  else if (minimum) {
    options.minFrequency = numberOf(minimum);
    draft.same(minimum, '', `${place}.minFrequency`);
  }
  for (const [key, setting] of column.rest())
    draft.leaveOut(setting, UNUSED[key] ?? `Unknown: ${key} is no key of a column that this converter knows.`);
  return used.map((each) => ({ name: each, ...options }));
}

const missing = (): Setting => ({
  key: 'feature_cols',
  at: { file: 'dataset_config.yaml' },
  node: { at: { file: '' }, value: null },
  value: null,
});

/** `copy_from(column)` is an expression; all else is Python. */
function convertPreprocess(
  setting: Setting,
  names: readonly string[],
  options: Record<string, unknown>,
  place: string,
  draft: Draft,
): void {
  const [, call, argument] = /^(\w+)(?:\((.*)\))?$/.exec(textOf(setting).trim()) ?? [];
  const quoted = `"${(argument ?? firstOf(names)).replaceAll('"', '""')}"`;
  if (call === 'copy_from' && argument) {
    options.expression = quoted;
    draft.same(setting, '', `${place}.expression`);
    return;
  }
  const why = `${call ?? textOf(setting)} is Python: write it as an SQL expression of the field.`;
  if (argument) {
    options.expression = quoted;
    draft.change(setting, `${why} Until then the field is a copy of ${argument}.`, `${place}.expression`);
  } else draft.change(setting, `${why} Until then the field is the column as it is.`, place);
}

function convertNumeric(
  column: Settings,
  type: Source,
  options: Record<string, unknown>,
  place: string,
  draft: Draft,
): void {
  const normalizer = column.take('normalizer');
  const standardise = normalizer !== undefined;
  options.encoding = { kind: 'numeric', standardise };
  draft.same(type, 'One embedding, multiplied by the number, as there.', `${place}.encoding.kind`);
  const to = `${place}.encoding.standardise`;
  if (normalizer?.value === 'StandardScaler') draft.same(normalizer, '', to);
  else if (normalizer)
    draft.change(normalizer, `There is no ${String(normalizer.value)} here; numbers are standardised.`, to);
  const fill = column.take('fill_na');
  if (fill) draft.change(fill, 'No number has an embedding of its own here, instead of standing for one.', place);
}

function convertCategorical(
  column: Settings,
  type: Source | undefined,
  options: Record<string, unknown>,
  place: string,
  buckets: number,
  draft: Draft,
): void {
  const processor = column.take('category_processor');
  const number = column.take('num_buckets');
  if (type) draft.same(type, '', place);
  if (processor) {
    const kind = { quantile_bucket: 'quantiles', hash_bucket: 'hash' }[textOf(processor)];
    if (!kind) throw wrongValue(processor, 'quantile_bucket or hash_bucket');
    options.encoding = { kind, buckets: number ? numberOf(number) : buckets };
    if (kind === 'hash') draft.change(processor, 'Another hash: other values meet.', `${place}.encoding.kind`);
    else draft.same(processor, '', `${place}.encoding.kind`);
    if (number) draft.same(number, '', `${place}.encoding.buckets`);
  } else if (number) draft.leaveOut(number, 'Not used without category_processor.');
  const fill = column.take('fill_na');
  if (fill)
    draft.same(
      fill,
      'A cell without a value, like a value never seen, has the out-of-vocabulary id, as there. Cells that hold this value have it there too.',
      place,
    );
}

/** Pooling of `feature_encoder`; theirs averages over what is not padding. */
const POOLING: Readonly<Record<string, string>> = {
  'layers.MaskedAveragePooling()': 'mean',
  'layers.MaskedSumPooling()': 'sum',
};

function convertSequence(
  column: Settings,
  type: Source,
  options: Record<string, unknown>,
  place: string,
  draft: Draft,
): void {
  const splitter = column.take('splitter');
  const list: Record<string, unknown> = { separator: splitter ? textOf(splitter) : '^', pooling: 'mean' };
  options.list = list;
  draft.same(type, 'One vector: the mean over the values, as there.', `${place}.list`);
  if (splitter) draft.same(splitter, '', `${place}.list.separator`);
  else draft.note('splitter', `${place}.list.separator`, 'Theirs; ours is |.');
  const encoder = column.take('feature_encoder');
  const pooling = encoder ? POOLING[String(encoder.value)] : 'mean';
  list.pooling = pooling ?? 'mean';
  if (encoder && pooling) draft.same(encoder, '', `${place}.list.pooling`);
  else if (encoder)
    draft.change(encoder, 'No such layer here (mean, sum, attention); the mean is taken.', `${place}.list.pooling`);
  const length = column.take('max_len');
  const padding = column.take('padding');
  if (length && numberOf(length) > 0) {
    list.maxLength = numberOf(length);
    list.keep = padding?.value === 'pre' ? 'last' : 'first';
    draft.same(length, '', `${place}.list.maxLength`);
  } else if (length) draft.same(length, '0: the longest there; no list is cut here.', `${place}.list`);
  if (padding && list.keep !== undefined)
    draft.same(padding, 'No list is padded here; the same end of a long one is kept.', `${place}.list.keep`);
  else if (padding) draft.same(padding, 'No list is padded here.');
  const fill = column.take('fill_na');
  if (fill?.value === '') draft.same(fill, 'Empty parts are no values.');
  else if (fill)
    draft.change(
      fill,
      'Such a part is padding there and a value here; an empty part is none in both.',
      `${place}.list`,
    );
}
