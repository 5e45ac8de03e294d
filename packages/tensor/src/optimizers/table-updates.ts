import type { EmbeddingTable } from '../state/embedding-table.js';
import { HostRowUpdates } from './host-row-updates.js';
import { NativeRowUpdates } from './native-row-updates.js';
import type { RateHistory } from './rate-history.js';
import type { RowUpdates } from './row-updates.js';
import type { Scalars } from './step-at.js';
import type { UpdateRule } from './update-rule.js';

/** The form of a rule that fits where the rows of a table live. */
export function tableUpdates(
  { storage }: EmbeddingTable,
  rule: UpdateRule,
  rates: RateHistory,
  scalars: Scalars,
): RowUpdates {
  if (rule.composeRows) return rule.composeRows(storage, rates);
  switch (storage.kind) {
    case 'host':
      return new HostRowUpdates(storage, rule, rates);
    case 'kernels':
      return rule.applyRows?.({ weights: storage, rule, rates }) ?? new NativeRowUpdates(storage, rule, rates, scalars);
    case 'resource':
      return new NativeRowUpdates(storage, rule, rates, scalars);
  }
}
