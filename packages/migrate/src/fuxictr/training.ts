import { MdctrError, firstOf, lastOf } from '@mdctr/base';
import type { Draft } from '../conversion-report.js';
import { numberOf, textOf, wrongValue, type Setting, type Settings } from './settings.js';
import { convertMonitor } from './monitor.js';

/**
 * Optimizer, regularizers, epochs, early stopping, seed. FuxiCTR's defaults that ours are not are written out, so that the trial
 * trains as theirs does: gradients cut to a norm of 10, the rate divided by ten after an epoch without gain.
 * Source: fuxictr/pytorch/models/rank_model.py, 2.3.10.
 */
export function convertTraining(settings: Settings, draft: Draft): void {
  refuseOther(settings.take('task'), 'binary_classification', ['binary_classification'], draft);
  refuseOther(settings.take('loss'), 'cross entropy', ['binary_crossentropy', 'binary_cross_entropy', 'bce'], draft);
  count(settings, 'epochs', 'training.epochs', 1, 'Theirs; ours is 5.', draft);
  const batch = settings.take('batch_size');
  if (batch) draft.keep(batch, 'training.batchSize', numberOf(batch));
  convertOptimizer(settings, draft);
  convertRegularizers(settings, draft);
  convertMonitor(settings, draft);
  convertStopping(settings, draft);
  const clip = settings.take('max_gradient_norm');
  if (clip) draft.keep(clip, 'training.clipNorm', numberOf(clip));
  else draft.add('max_gradient_norm', 'training.clipNorm', 10, 'Theirs; ours is 0, no clipping.');
  const seed = settings.take('seed');
  if (seed) draft.keep(seed, 'seed', numberOf(seed), 'The same number, not the same draws.');
}

function refuseOther(setting: Setting | undefined, ours: string, allowed: readonly string[], draft: Draft): void {
  if (!setting) return;
  if (!allowed.includes(String(setting.value)))
    throw new MdctrError('MDCTR_CONVERT_MODEL', {
      what: `The ${setting.key} ${String(setting.value)} has no counterpart here.`,
      at: setting.at,
      expected: allowed.join(' or '),
      found: String(setting.value),
      hint: 'mdctr trains click models: labels 0 and 1, cross entropy.',
    });
  draft.same(setting, `Always ${ours} here.`);
}

function count(settings: Settings, key: string, to: string, theirs: number, why: string, draft: Draft): number {
  const setting = settings.take(key);
  if (!setting) draft.add(key, to, theirs, why);
  else draft.keep(setting, to, numberOf(setting));
  return setting ? numberOf(setting) : theirs;
}

function convertOptimizer(settings: Settings, draft: Draft): void {
  const optimizer = settings.take('optimizer');
  if (optimizer) {
    const kind = { adam: 'adam', adagrad: 'adagrad', sgd: 'sgd' }[textOf(optimizer).toLowerCase()];
    if (kind) draft.keep(optimizer, 'training.optimizer.kind', kind);
    else
      draft.change(
        optimizer,
        `There is no ${textOf(optimizer)} here (adam, adagrad, sgd); adam is taken. The weight decay of AdamW is training.regularization.`,
        'training.optimizer.kind',
        'adam',
      );
  } else draft.set('training.optimizer.kind', 'adam');
  count(settings, 'learning_rate', 'training.optimizer.learningRate', 1e-3, 'Theirs, whatever the optimizer.', draft);
}

/** `l2(1e-5)`, `l1(1e-5)`, `l1_l2(1e-5,1e-4)` or a number, which is L2 (fuxictr/pytorch/torch_utils.py, get_regularizer). */
function parseRegularizer(setting: Setting): { l1: number; l2: number } {
  const { value } = setting;
  if (value === null || value === '') return { l1: 0, l2: 0 };
  const match = typeof value === 'string' ? /^(l1|l2|l1_l2)\(([^)]*)\)$/.exec(value.trim()) : null;
  if (!match) return { l1: 0, l2: numberOf(setting, 'a number, l1(x), l2(x) or l1_l2(x,y)') };
  const numbers = match[2]!.split(',').map(Number);
  if (numbers.length !== (match[1] === 'l1_l2' ? 2 : 1) || numbers.some((number) => !Number.isFinite(number)))
    throw wrongValue(setting, 'l1(x), l2(x) or l1_l2(x,y)');
  return { l1: match[1] === 'l2' ? 0 : firstOf(numbers), l2: match[1] === 'l1' ? 0 : lastOf(numbers) };
}

function convertRegularizers(settings: Settings, draft: Draft): void {
  const embedding = settings.take('embedding_regularizer');
  if (embedding) {
    const { l1, l2 } = parseRegularizer(embedding);
    const path = 'training.regularization.embedding.l2';
    const rare =
      'Theirs acts on all rows of the tables in every step, ours on the rows that the batch has: weaker for rare values. regularization.embedding.weightDecay reaches all rows.';
    if (l1 === 0 && l2 === 0) draft.keep(embedding, path, 0);
    else draft.change(embedding, l1 > 0 ? `There is no L1 here: ${l1} is left out. ${rare}` : rare, path, l2);
  }
  const net = settings.take('net_regularizer');
  if (!net) return;
  const { l1, l2 } = parseRegularizer(net);
  // Biases and norms are regularised there; ours spares them by default.
  if (l2 > 0) draft.set('training.regularization.dense.exempt', []);
  const path = 'training.regularization.dense.l2';
  if (l1 > 0) draft.change(net, `There is no L1 here: ${l1} is left out.`, path, l2);
  else draft.keep(net, path, l2, l2 > 0 ? 'Biases and norms too, as there: exempt is empty.' : '');
}

function convertStopping(settings: Settings, draft: Draft): void {
  const patience = count(settings, 'early_stop_patience', 'training.patience', 2, 'Theirs; ours is 1.', draft);
  draft.add(
    'min_delta',
    'training.minDelta',
    1e-6,
    'Fixed there; ours is 0. The best epoch is kept here however small its gain.',
  );
  const plateau = settings.take('reduce_lr_on_plateau');
  const why =
    'The rate is divided by ten after every evaluation without gain, down to 1e-6.' +
    (patience > 1 ? '' : ' With a patience of 1 the training has ended by then, so nothing is written.');
  const rate = draft.get('training.optimizer.learningRate') as number;
  const schedule = {
    kind: 'plateau',
    patience: 1,
    factor: 0.1,
    minDelta: 1e-6,
    minFactor: Math.min(1, Number((1e-6 / rate).toPrecision(6))),
  };
  if (plateau?.value === false) draft.keep(plateau, 'training.schedule', { kind: 'constant' });
  else if (patience <= 1) {
    if (plateau) draft.same(plateau, why);
  } else if (plateau) draft.keep(plateau, 'training.schedule', schedule, why);
  else draft.add('reduce_lr_on_plateau', 'training.schedule', schedule, `On by default there. ${why}`);
}
