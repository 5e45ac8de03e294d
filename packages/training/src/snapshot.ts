import type { Model } from '@mdctr/core';

/** Copies of all of a model's values on the host, by path. */
export type Snapshot = ReadonlyMap<string, Float32Array>;

/** Takes the values of all parameters, states and tables. */
export function takeSnapshot({ store }: Model): Snapshot {
  const holders = [...store.list(), ...store.tables()];
  return new Map(holders.map((holder) => [holder.path, holder.toHost()]));
}

/** Puts the values back; the snapshot must be of the same model. */
export function restoreSnapshot({ store }: Model, snapshot: Snapshot): void {
  for (const holder of [...store.list(), ...store.tables()]) holder.write(snapshot.get(holder.path)!);
}
