import { hasOwnKernels, nativeStorage } from '../native.js';
import { HostRows } from './host-rows.js';
import { KernelRows } from './kernel-rows.js';
import { ResourceRows } from './resource-rows.js';

/** Storage of a table: whoever needs more than rows asks for its `kind`. */
export type TableStorage = HostRows | KernelRows | ResourceRows;

/** Makes storage of the kind that the runtime serves best; all numbers are `value` at first. */
export function createRowStorage(rows: number, dim: number, value: number): TableStorage {
  const native = nativeStorage();
  if (!native) return new HostRows(rows, dim, value);
  return hasOwnKernels() ? new KernelRows(native, rows, dim, value) : new ResourceRows(native, rows, dim, value);
}
