import { resolve } from 'node:path';
import { MdctrError, type SourceLocation, nearest } from '@mdctr/base';
import { merge, type Entry, type Located } from './located.js';

/**
 * `datasets` of a config names files that it can be laid over, one at a time: `{ "kuairand": "data/kuairand.json" }`. The
 * one that is chosen (`wanted`, else the config's own `dataset`, else the first) lies below it; its name stays as `dataset`.
 * @throws MdctrError MDCTR_CONFIG_DATASET for a name that is not among them, or datasets that are no paths.
 */
export function overDataset(
  document: Located,
  wanted: string | undefined,
  load: (file: string, from: SourceLocation) => Located,
): Located {
  const entries = document.value as Map<string, Entry>;
  const list = entries.get('datasets')?.node;
  const files = list?.value instanceof Map ? list.value : new Map<string, Entry>();
  const names = [...files.keys()];
  const said = entries.get('dataset')?.node;
  const name = wanted ?? (typeof said?.value === 'string' ? said.value : names[0]);
  if (list && names.length === 0) throw noPath(list.at, 'nothing');
  if (name === undefined) return document;
  const chosen = files.get(name)?.node;
  if (!chosen) throw unknown(name, names, wanted === undefined ? said?.at : undefined);
  if (typeof chosen.value !== 'string') throw noPath(chosen.at, JSON.stringify(chosen.value));
  const over = new Map(entries);
  over.delete('datasets');
  over.set('dataset', { keyAt: chosen.at, node: { at: chosen.at, baseDir: chosen.baseDir, value: name } });
  return merge(load(resolve(chosen.baseDir, chosen.value), chosen.at), { ...document, value: over });
}

function unknown(name: string, names: readonly string[], at: SourceLocation | undefined): MdctrError {
  const near = nearest(name, names);
  return new MdctrError('MDCTR_CONFIG_DATASET', {
    what: names.length === 0 ? 'This config has no "datasets" to choose from.' : `There is no data set "${name}" here.`,
    ...(at && { at }),
    expected: names.length === 0 ? 'no --dataset' : `one of ${names.join(', ')}`,
    found: name,
    hint: near
      ? `Did you mean "${near}"?`
      : names.length === 0
        ? 'Leave --dataset out, or name a study that has "datasets".'
        : 'Add it to "datasets", with the path of a config that has "data".',
  });
}

function noPath(at: SourceLocation, found: string): MdctrError {
  return new MdctrError('MDCTR_CONFIG_DATASET', {
    what: '"datasets" gives each data set the path of a config.',
    at,
    expected: 'e.g. { "kuairand": "data/kuairand.json" }',
    found,
    hint: 'The path is relative to the file that names it.',
  });
}
