import type { Static, TObject } from 'typebox';
import type { UpdateRule } from './update-rule.js';

/**
 * A kind of optimizer as configs name it: `training.optimizer.kind` is the literal `kind` of its options.
 * @internal
 */
export interface OptimizerKind<O extends TObject = TObject> {
  readonly kind: string;
  /** Its options with their ranges and defaults; a config that names the kind has no others. */
  readonly options: O;
  rule(options: Static<O>): UpdateRule;
}
