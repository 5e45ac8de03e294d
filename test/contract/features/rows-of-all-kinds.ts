import { Random } from '@mdctr/base';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assembleModel,
  DomainPlugin,
  Plugin,
  type EmbeddingInterceptor,
  type HostBatch,
  type AssembledModel,
  type UnitConfig,
} from '@mdctr/core';
import { loadData, openBatches, type EncodedData } from '@mdctr/data';
import { tensor, tidy, toHost } from '@mdctr/tensor';
import { temporaryFolder } from '../../support/command.js';
import { builtinRegistry } from '../../support/registry.js';
import { dnn } from '../../support/small-models.js';

// Rows with all kinds of fields; lists from none to seven elements, some of them in several rows.
export const random = new Random(3);

export const upTo = (limit: number): number => Math.floor(random.uniform() * limit);

export const letters = (): string => Array.from({ length: upTo(8) }, () => 'abcdefgh'[upTo(8)]).join(';');

export const histories = Array.from({ length: 20 }, letters);

export const rows = Array.from({ length: 240 }, (_, i) =>
  [
    `t${i % 4}`,
    `u${upTo(9)}`,
    upTo(9) === 0 ? '' : upTo(50) / 4,
    letters(),
    letters(),
    histories[upTo(20)],
    i,
    upTo(2),
  ].join(','),
);

export const csv = join(temporaryFolder(), 'fields.csv');

writeFileSync(csv, `tab,user,price,tags,words,history,time,click\n${rows.join('\n')}\n`);

export const list = { separator: ';', keep: 'last' as const };

export const data: EncodedData = await loadData(
  {
    source: { kind: 'files', files: [], joins: [] },
    label: 'click',
    domain: 'tab',
    fields: [
      { name: 'tags', list: { ...list, pooling: 'mean' } },
      'tab',
      { name: 'price', encoding: { kind: 'numeric', log: false, standardise: true } },
      { name: 'history', list: { ...list, pooling: 'attention' } },
      'user',
      { name: 'words', list: { ...list, pooling: 'sum', maxLength: 3 } },
    ],
    exclude: [],
    minFrequency: 2,
    split: { by: 'time', column: 'time', validation: 0, test: 0 },
  },
  { files: [csv] },
);

export const width = data.schema.fields.length;

export const dim = 3;

/** Keeps what the backbone sees. */
@Plugin('spy')
export class Spy extends DomainPlugin {
  static seen: Float32Array;
  static copy = false;

  override embedding(): EmbeddingInterceptor {
    return (embedded) => {
      if (Spy.copy) Spy.seen = toHost(embedded.flat());
      return embedded;
    };
  }
}

export const spy: UnitConfig = { name: 'spy' };

export function open(backbone: UnitConfig = dnn, plugins: readonly UnitConfig[] = [spy]): AssembledModel {
  const registry = builtinRegistry();
  registry.add(Spy, 'test');
  const assembled = assembleModel({
    registry,
    schema: data.schema,
    embedding: { dim, initStd: 0.5 },
    backbone,
    plugins,
    seed: 1,
  });
  const query = assembled.model.store.get('pooling/history/query')!;
  query.write(Float32Array.of(1.5, -2, 0.7));
  return assembled;
}

export async function batchOf(size = 60): Promise<HostBatch> {
  for await (const batch of openBatches(data).batches('train', { batchSize: size, shuffle: { seed: 2, epoch: 1 } }))
    return batch;
  throw new Error('no rows');
}

export const batch = await batchOf();

/** What the backbone sees of a batch: by row [F * k]. */
export function embedded(assembled: AssembledModel, host: HostBatch, rows?: Float32Array): Float32Array {
  Spy.copy = true;
  tidy(() => {
    const leaf = rows ? tensor(rows, [rows.length / dim, dim]) : assembled.model.lookup(host);
    assembled.model.run(leaf, host, { training: false });
  });
  Spy.copy = false;
  return Spy.seen;
}

export function toHostRows({ model }: AssembledModel): Float32Array {
  let host!: Float32Array;
  tidy(() => (host = toHost(model.lookup(batch))));
  return host;
}
