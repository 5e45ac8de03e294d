// What is measured: each cell is work for several processes that take turns, and the ratios of their step times.

const base = { domains: 10, vocabulary: 1e6, batch: 4096 };
const LIBRARIES = ['torch-rechub', 'fuxictr', 'pytorch'];
const BACKBONES = ['dnn', 'dcnv2'];

/** At most this many times a plain step of the backbone, at ten domains. */
const PLUGIN_COST = { adasparse: 1.15, star: 1.5, apg: 1.5, maml: undefined };

/**
 * { name, entries: [{ name, who, workload }], ratios: [{ of, to, atLeast?, atMost? }] }: `who` is `LIBRARY:MODEL`, with
 * `@bfloat16` behind for that precision; `of` and `to` are names of entries. `atLeast` and `atMost` are what is aimed at.
 */
export const cells = [
  againstLibraries('dnn', {}, { vocabulary: 1e5 }),
  againstLibraries('dnn', { 'torch-rechub': 2, fuxictr: 2, pytorch: 1.1 }),
  againstLibraries('dnn', { 'torch-rechub': 12, fuxictr: 12 }, { vocabulary: 1e7 }),
  againstLibraries('dnn', {}, { batch: 1024 }),
  inBfloat16('dnn', { 'torch-rechub': 3, fuxictr: 3 }),
  againstLibraries('dcnv2', {}, { vocabulary: 1e5 }),
  againstLibraries('dcnv2', { 'torch-rechub': 2, fuxictr: 2 }),
  againstLibraries('dcnv2', {}, { vocabulary: 1e7 }),
  againstLibraries('dcnv2', {}, { batch: 1024 }),
  inBfloat16('dcnv2', {}),
  byVocabulary('dnn', 1.3),
  ...BACKBONES.flatMap((backbone) => Object.keys(PLUGIN_COST).map((plugin) => againstBackbone(backbone, plugin))),
  byDomains('star', 1.25),
  byDomains('apg', 1.25),
  ...['star', 'apg'].flatMap((plugin) => [3, 30, 100].map((domains) => inDomains(plugin, domains))),
  againstMaskedStar(10),
];

/** The cells whose name matches; with `quick` those alone that aim at something. */
export const chosenCells = ({ only = '.', quick = false }) =>
  cells.filter(({ name, ratios }) => new RegExp(only).test(name) && (!quick || ratios.some(aimsAtSomething)));

export const aimsAtSomething = ({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined;

function againstLibraries(model, atLeast, workload = {}) {
  const ours = `ours:${model}`;
  const ratios = LIBRARIES.map((library) => ({ of: `${library}:${model}`, to: ours, atLeast: atLeast[library] }));
  return cell(title(model, workload), [ours, ...ratios.map(({ of }) => of)], ratios, workload);
}

/** PyTorch has autocast; the libraries' own trainers know float32 alone. */
function inBfloat16(model, atLeast) {
  const [ours, pytorch] = [`ours:${model}@bfloat16`, `pytorch:${model}@bfloat16`];
  const theirs = ['torch-rechub', 'fuxictr'].map((library) => `${library}:${model}`);
  const ratios = [...theirs, pytorch].map((of) => ({ of, to: ours, atLeast: atLeast[of.split(':')[0]] }));
  return cell(`${title(model, {})}, bfloat16`, [ours, ...theirs, pytorch], ratios);
}

function byVocabulary(model, atMost) {
  const entries = [1e5, 1e6, 1e7].map((vocabulary) => {
    return { name: `ours:${model}, ${ids(vocabulary)}`, who: `ours:${model}`, workload: { vocabulary } };
  });
  const [first, second, third] = entries.map(({ name }) => name);
  const ratios = [
    { of: second, to: first },
    { of: third, to: first, atMost },
  ];
  return cell(`${model} by vocabulary`, entries, ratios);
}

function againstBackbone(backbone, plugin) {
  const [plain, ours, pytorch] = [`ours:${backbone}`, `ours:${backbone}+${plugin}`, `pytorch:${backbone}+${plugin}`];
  const ratios = [
    { of: ours, to: plain, atMost: PLUGIN_COST[plugin] },
    { of: pytorch, to: ours },
  ];
  return cell(title(`${backbone}+${plugin}`, {}), [plain, ours, pytorch], ratios);
}

function byDomains(plugin, atMost) {
  const entries = [3, 10, 30, 100].map((domains) => {
    return { name: `ours:dnn+${plugin}, ${domains} domains`, who: `ours:dnn+${plugin}`, workload: { domains } };
  });
  const at = (domains) => `ours:dnn+${plugin}, ${domains} domains`;
  const ratios = [
    { of: at(10), to: at(3) },
    { of: at(30), to: at(10) },
    { of: at(100), to: at(10), atMost },
  ];
  return cell(`dnn+${plugin} by domains`, entries, ratios);
}

function inDomains(plugin, domains) {
  const [ours, pytorch] = [`ours:dnn+${plugin}`, `pytorch:dnn+${plugin}`];
  const masked = plugin === 'star' && domains === 30 ? [{ of: 'pytorch:dnn+star-masked', to: ours, atLeast: 10 }] : [];
  const ratios = [{ of: pytorch, to: ours }, ...masked];
  return cell(title(`dnn+${plugin}`, { domains }), [ours, ...ratios.map(({ of }) => of)], ratios, { domains });
}

function againstMaskedStar(domains) {
  const ratios = [{ of: 'pytorch:dnn+star-masked', to: 'ours:dnn+star' }];
  return cell(`dnn+star, masked, ${domains} domains`, ['ours:dnn+star', ratios[0].of], ratios, { domains });
}

/** An entry that is a text is its own name, on the cell's workload. */
function cell(name, entries, ratios, workload = {}) {
  const whole = entries.map((entry) => (typeof entry === 'string' ? { name: entry, who: entry, workload } : entry));
  return { name, entries: whole.map((entry) => ({ ...entry, workload: { ...base, ...entry.workload } })), ratios };
}

function title(model, { vocabulary = base.vocabulary, batch = base.batch, domains = base.domains }) {
  const parts = [model, ids(vocabulary)];
  if (domains !== base.domains) parts.push(`${domains} domains`);
  if (batch !== base.batch) parts.push(`batch ${batch}`);
  return parts.join(', ');
}

function ids(vocabulary) {
  return `1e${Math.log10(vocabulary)} ids`;
}
