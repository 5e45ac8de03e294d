import type { Static } from 'typebox';
import { ADAGRAD } from './adagrad.js';
import { ADAM } from './adam.js';
import type { OptimizerKind } from './optimizer-kind.js';
import { ROW_WISE_ADAGRAD } from './row-wise-adagrad.js';
import { SGD } from './sgd.js';
import type { UpdateRule } from './update-rule.js';

/**
 * The optimizers that configs can name, in the order in which help and option tables show them.
 * @internal
 */
export const OPTIMIZERS = [ADAM, ADAGRAD, ROW_WISE_ADAGRAD, SGD] as const;

/** @internal Options of any kind, told apart by `kind`. */
export type OptimizerOptions = Static<(typeof OPTIMIZERS)[number]['options']>;

/** @internal The rule that the options name. */
export function updateRule(options: OptimizerOptions): UpdateRule {
  const found = OPTIMIZERS.find(({ kind }) => kind === options.kind) as OptimizerKind;
  return found.rule(options);
}
