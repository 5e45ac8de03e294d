import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** What runs an entry: `ours:MODEL` or `LIBRARY:MODEL`, both with `@bfloat16` behind for that precision. */
export function commandOf(entry, folder, python) {
  const [what, precision = 'float32'] = entry.split('@');
  const [library, model] = what.split(':');
  const last = [model, folder, '--precision', precision];
  return library === 'ours'
    ? [process.execPath, here('ours.mjs'), ...last]
    : [python, here('theirs.py'), library, ...last];
}

const libraries = (model) => [`torch-rechub:${model}`, `fuxictr:${model}`, `pytorch:${model}`];
const base = { domains: 10, vocabulary: 1e6, batch: 4096 };

/** The first entry of each is the one that the others are held against; `atLeast` are the ratios aimed at. */
export const cells = [
  cell('dnn, 1e5 ids', ['ours:dnn', ...libraries('dnn')], { vocabulary: 1e5 }),
  cell(
    'dnn, 1e6 ids',
    ['ours:dnn', ...libraries('dnn')],
    {},
    { 'torch-rechub:dnn': 2, 'fuxictr:dnn': 2, 'pytorch:dnn': 1.1 },
  ),
  cell(
    'dnn, 1e7 ids',
    ['ours:dnn', ...libraries('dnn')],
    { vocabulary: 1e7 },
    { 'torch-rechub:dnn': 12, 'fuxictr:dnn': 12 },
  ),
  cell('dnn, 1e6 ids, batch 1024', ['ours:dnn', ...libraries('dnn')], { batch: 1024 }),
  cell(
    'dnn, 1e6 ids, bfloat16',
    ['ours:dnn@bfloat16', 'torch-rechub:dnn', 'fuxictr:dnn', 'pytorch:dnn@bfloat16'],
    {},
    { 'torch-rechub:dnn': 3, 'fuxictr:dnn': 3 },
  ),
  cell('dcnv2, 1e6 ids', ['ours:dcnv2', ...libraries('dcnv2')], {}, { 'torch-rechub:dcnv2': 2, 'fuxictr:dcnv2': 2 }),
  cell('star, 1e6 ids, 30 domains', ['ours:dnn+star', 'pytorch:star'], { domains: 30 }, { 'pytorch:star': 10 }),
];

function cell(name, entries, workload = {}, atLeast = {}) {
  return { name, entries, workload: { ...base, ...workload }, atLeast };
}
