import { MdctrError, firstOf } from '@mdctr/base';
import type { Draft } from '../conversion-report.js';
import { numberOf, numbersOf, textOf, type Setting, type Settings } from './settings.js';

/** Ways to have one of their models here that this converter does not make. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  DCN: 'DCN crosses with a vector a layer, our dcnv2 with a matrix: take DCNv2, or write a backbone (docs/methods/backbones.md).',
  DCNv3: 'Take DCNv2, or write a backbone (docs/methods/backbones.md).',
  APG_DeepFM: 'APG is a plugin here: convert DNN or DCNv2, then "plugins": ["apg"].',
  APG_DCNv2: 'APG is a plugin here: convert DCNv2, then "plugins": ["apg"].',
};

/**
 * `dnn` or `dcnv2` from DNN or DCNv2 of FuxiCTR's model_zoo, whose defaults are written out where a key is not there.
 * @throws MdctrError MDCTR_CONVERT_MODEL, MDCTR_CONVERT_VALUE
 */
export function convertBackbone(settings: Settings, draft: Draft): void {
  const model = settings.take('model');
  const name = model && String(model.value);
  if (model && name === 'DNN') {
    draft.keep(model, 'backbone.name', 'dnn');
    tower(settings.take('hidden_units'), 'hidden_units', settings, 'hidden_activations', draft);
  } else if (model && name === 'DCNv2') {
    draft.keep(model, 'backbone.name', 'dcnv2');
    convertCrosses(settings, draft);
  } else
    throw new MdctrError('MDCTR_CONVERT_MODEL', {
      what: name === undefined ? 'The experiment names no model.' : `The model ${name} has no counterpart here.`,
      ...(model && { at: model.at }),
      expected: 'DNN or DCNv2',
      hint:
        ELSEWHERE[name ?? ''] ??
        'Convert DNN or DCNv2 on the same data, or write a backbone: npx mdctr new backbone NAME (docs/guides/migration-fuxictr.md).',
    });
}

function convertCrosses(settings: Settings, draft: Draft): void {
  const structure = settings.take('model_structure');
  const shape = structure ? textOf(structure) : 'parallel';
  if (shape !== 'parallel' && shape !== 'stacked')
    throw new MdctrError('MDCTR_CONVERT_MODEL', {
      what: `The structure ${shape} of DCNv2 has no counterpart here.`,
      at: structure!.at,
      expected: 'parallel or stacked',
      found: shape,
      hint: 'Take one of them, or write a backbone: npx mdctr new backbone NAME (docs/guides/migration-fuxictr.md).',
    });
  if (structure) draft.keep(structure, 'backbone.structure', shape);
  const units = `${shape}_dnn_hidden_units`;
  const other = settings.take(`${shape === 'parallel' ? 'stacked' : 'parallel'}_dnn_hidden_units`);
  if (other) draft.leaveOut(other, `Not used with model_structure ${shape}.`);
  const layerUnits = settings.take(units);
  if (!layerUnits)
    throw new MdctrError('MDCTR_CONVERT_MODEL', {
      what: `DCNv2 with model_structure ${shape} needs ${units}.`,
      ...(structure && { at: structure.at }),
      expected: `${units}, widths of the hidden layers`,
    });
  tower(layerUnits, units, settings, 'dnn_activations', draft);
  const layers = settings.take('num_cross_layers');
  if (layers) draft.keep(layers, 'backbone.crossLayers', numberOf(layers));
  const mixture = settings.take('use_low_rank_mixture');
  const [rank, experts] = [settings.take('low_rank'), settings.take('num_experts')];
  if (mixture?.value === true) {
    draft.same(
      mixture,
      'A rank above 0 is the mixture; the gates are those of each layer here, and shared by the layers there.',
      'backbone.rank',
    );
    if (rank) draft.keep(rank, 'backbone.rank', numberOf(rank));
    else draft.add('low_rank', 'backbone.rank', 32, 'The mixture is on and names no rank.');
    if (experts) draft.keep(experts, 'backbone.experts', numberOf(experts));
    return;
  }
  if (mixture) draft.keep(mixture, 'backbone.rank', 0, 'Full-rank kernels.');
  for (const unused of [rank, experts]) if (unused) draft.leaveOut(unused, 'Not used without use_low_rank_mixture.');
}

/** Hidden layers: widths, activation, dropout, batch norm. */
function tower(units: Setting | undefined, key: string, settings: Settings, activations: string, draft: Draft): void {
  if (units) draft.keep(units, 'backbone.hiddenUnits', numbersOf(units));
  else draft.add(key, 'backbone.hiddenUnits', [64, 64, 64], 'Theirs; ours are 512, 256, 128.');
  const activation = settings.take(activations);
  if (activation) convertActivation(activation, draft);
  const dropout = settings.take('net_dropout');
  if (dropout) {
    const rates = (Array.isArray(dropout.value) ? dropout.value : [numberOf(dropout)]) as number[];
    const alike = rates.every((rate) => rate === rates[0]);
    if (alike) draft.keep(dropout, 'backbone.dropout', rates[0] ?? 0);
    else
      draft.change(
        dropout,
        'All hidden layers have one rate here: the first one is taken.',
        'backbone.dropout',
        rates[0],
      );
  }
  const norm = settings.take('batch_norm');
  if (norm) draft.keep(norm, 'backbone.batchNorm', norm.value === true);
  const dim = settings.take('embedding_dim');
  if (dim) draft.keep(dim, 'embedding.dim', numberOf(dim));
  else draft.add('embedding_dim', 'embedding.dim', 10, 'Theirs; ours is 16.');
  draft.add('embedding_initializer', 'embedding.initStd', 1e-4, 'Theirs: normal, std=1e-4; ours is 0.01.');
}

/** Their names by PyTorch's, in any case where FuxiCTR reads them so. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'relu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  leakyrelu: 'leakyRelu',
  elu: 'elu',
  gelu: 'gelu',
  silu: 'silu',
  identity: 'linear',
};

function convertActivation(setting: Setting, draft: Draft): void {
  const names = (Array.isArray(setting.value) ? setting.value : [setting.value]).map(String);
  const ours = ACTIVATIONS[firstOf(names).toLowerCase()];
  if (ours === undefined)
    draft.change(setting, `There is no ${names[0]} here; relu is taken.`, 'backbone.activation', 'relu');
  else if (names.some((name) => name !== names[0]))
    draft.change(
      setting,
      'All hidden layers have one activation here: the first one is taken.',
      'backbone.activation',
      ours,
    );
  else draft.keep(setting, 'backbone.activation', ours);
}
