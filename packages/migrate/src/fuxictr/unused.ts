import type { Draft } from '../conversion-report.js';
import { numberOf, type Setting, type Settings } from './settings.js';

/** Keys of an experiment or a data set that are about their program, and what does the same here. */
const UNUSED: Readonly<Record<string, string>> = {
  model_id: 'The name of the config.',
  dataset_id: 'Its keys stand in the section data.',
  model_root: 'The folder of a model is train --out.',
  data_root: 'Encoded rows lie in the cache (docs/guides/data.md).',
  gpu: 'TensorFlow decides.',
  num_workers: 'Batches come from one worker thread.',
  verbose: 'Progress is shown on a terminal; --json for programs.',
  pickle_feature_encoder: 'An artifact holds its vocabularies.',
  feature_config: 'Columns stand in data.fields.',
  feature_specs: 'Columns stand in data.fields; all fields have one width.',
  debug_mode: 'For trying things: --set training.epochs=1.',
  data_block_size: 'Rows are encoded in one go.',
  n_rows: 'All rows are read; source.files can be a smaller file.',
  use_hdf5: 'Encoded rows lie in the cache (docs/guides/data.md).',
  debug: 'For trying things: --set training.epochs=1.',
};

/** The keys that nothing was made of. Each gets a line: none is dropped without a word. */
export function accountForRest(settings: Settings, draft: Draft): void {
  special(
    settings.take('shuffle'),
    true,
    'Rows are shuffled in every epoch, as there.',
    'Rows are always shuffled here.',
    draft,
  );
  special(settings.take('save_best_only'), true, 'The best epoch is kept.', 'The best epoch is kept, always.', draft);
  const encoded =
    'The files hold ids already, which are read as values here. Zeros that pad a list count: take them out with an expression.';
  special(settings.take('rebuild_dataset'), true, 'Data are encoded when files or options change.', encoded, draft);
  const once = 'Validation rows are scored after each epoch.';
  const evalSteps = settings.take('eval_steps');
  if (evalSteps && evalSteps.value !== null) {
    const counted = 'Steps count from the beginning of each epoch, and its end has an evaluation too.';
    draft.keep(evalSteps, 'training.evaluateEvery', numberOf(evalSteps), counted);
  } else if (evalSteps) draft.same(evalSteps, once);
  special(settings.take('every_x_epochs'), 1, once, `${once} Patience and plateau count epochs.`, draft);
  for (const [key, setting] of settings.rest()) {
    const why = UNUSED[key];
    const unknown = `Unknown: this converter knows no key ${key}. Look up what it does before you go without it.`;
    draft.leaveOut(setting, why ?? unknown);
  }
}

/** A key with one value that is what happens here anyway. */
function special(setting: Setting | undefined, ours: unknown, same: string, other: string, draft: Draft): void {
  if (!setting) return;
  if (setting.value === ours) draft.same(setting, same);
  else draft.change(setting, other);
}
