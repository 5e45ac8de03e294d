import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { configText, convertFuxictr, type ReportEntry, type FuxictrOptions } from '../src/index.js';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const convert = (path: string, options: Partial<FuxictrOptions>) =>
  convertFuxictr(join(fixtures, path), { outFolder: fixtures, ...options });

type Keys = Readonly<Record<string, unknown>>;
const read = (path: string) =>
  parse(readFileSync(join(fixtures, path), 'utf8'), { version: '1.1' }) as Record<string, Keys>;

/** Keys of an experiment as the report names them: those of columns and of the label by their place. */
function keysOf(...parts: readonly Keys[]): string[] {
  return parts.flatMap((part) =>
    Object.entries(part).flatMap(([key, value]) => {
      if (key === 'feature_cols')
        return [
          key,
          ...(value as Keys[]).flatMap((column, i) => Object.keys(column).map((inner) => `${key}[${i}].${inner}`)),
        ];
      if (key === 'label_col') return Object.keys(value as Keys).map((inner) => `${key}.${inner}`);
      return [key];
    }),
  );
}

const experiments: readonly (readonly [string, string, Partial<FuxictrOptions>, readonly Keys[]])[] = [
  [
    'DNN with columns of every type',
    'shop/config',
    { domain: ['tab'] },
    [
      read('shop/config/model_config.yaml').Base!,
      read('shop/config/model_config.yaml').DNN_shop!,
      read('shop/config/dataset_config.yaml').shop!,
    ],
  ],
  [
    'DCNv2 in folders, with keys of older versions',
    'folders/config',
    { experiment: 'DCNv2_small', dataset: 'visits', domain: ['page'] },
    [
      read('folders/config/model_config/common.yaml').Base!,
      read('folders/config/model_config/DCNv2.yaml').DCNv2_small!,
      read('folders/config/dataset_config/visits.yaml').visits!,
    ],
  ],
];

describe('report of a conversion', () => {
  it.each(experiments)('%s: names every key once, with its place', (_, path, options, parts) => {
    const { report } = convert(path, options);
    const theirs = report.filter(({ verdict }) => verdict !== 'added');
    const named = theirs.map(({ key }) => key);
    const expected = [...new Set(keysOf(...parts))];
    expect([...named].sort()).toEqual(expected.sort());
    expect(theirs.filter(({ at }) => !at?.line)).toEqual([]);
    for (const { key, at } of theirs)
      expect(readFileSync(at!.file, 'utf8').split('\n')[at!.line! - 1]).toContain(
        key.split('.').at(-1)!.replace(/\[.*/, ''),
      );
  });

  const verdictOf = (report: readonly ReportEntry[], key: string): string | undefined =>
    report.find((entry) => entry.key === key)?.verdict;

  it.each([
    ['learning_rate', 'kept'],
    ['feature_cols[0].name', 'kept'],
    ['feature_cols[2].normalizer', 'changed'],
    ['feature_cols[5].preprocess', 'changed'],
    ['embedding_regularizer', 'changed'],
    ['net_dropout', 'changed'],
    ['metrics', 'changed'],
    ['monitor', 'changed'],
    ['feature_cols[1].share_embedding', 'leftOut'],
    ['feature_cols[1].embedding_dim', 'leftOut'],
    ['verbosity_of_logs', 'leftOut'],
    ['reduce_lr_on_plateau', 'added'],
    ['max_gradient_norm', 'added'],
  ])('%s is %s', (key, verdict) =>
    expect(verdictOf(convert('shop/config', { domain: ['tab'] }).report, key)).toBe(verdict),
  );

  it('says of a key that nobody knows that it is unknown', () => {
    const { report } = convert('shop/config', { domain: ['tab'] });
    expect(report.find(({ key }) => key === 'verbosity_of_logs')?.why).toContain('Unknown');
    expect(report.filter(({ why }) => why.includes('Unknown'))).toHaveLength(1);
  });

  it('stands in YAML as comments, which change nothing', () => {
    const { config, report } = convert('shop/config', { domain: ['tab'] });
    const text = configText(config, report, 'yaml');
    expect(parse(text)).toEqual(config);
    expect(JSON.parse(configText(config, report, 'json'))).toEqual(config);
    expect(text).toMatch(/batchSize: 64 # batch_size, model_config\.yaml:\d+\n/);
    expect(text).toMatch(/# max_gradient_norm|# FuxiCTR's default of max_gradient_norm/);
  });
});
