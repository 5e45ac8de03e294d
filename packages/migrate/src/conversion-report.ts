import type { SourceLocation } from '@mdctr/base';

/**
 * What became of a key. kept: the same meaning here. changed: what comes nearest here. leftOut: nothing came of it. added: not in
 * their files, but a default of theirs that ours is not.
 */
export type ConversionVerdict = 'kept' | 'changed' | 'leftOut' | 'added';

/** What became of one key of the other framework's config. */
export interface ReportEntry {
  readonly verdict: ConversionVerdict;
  /** Their name of it, with its place in a list: `feature_cols[2].fill_na`. */
  readonly key: string;
  /** Where it stands in their files; absent for a default. */
  readonly at?: SourceLocation;
  /** Path of what came of it in our config, e.g. `training.batchSize`. */
  readonly to?: string;
  /** Reason; '' where there is nothing to say. */
  readonly why: string;
}

/** A key of theirs and where it stands. */
export interface Source {
  readonly key: string;
  readonly at: SourceLocation;
}

/** A config of ours in the making, and the report of where its values come from. */
export class Draft {
  readonly config: Record<string, unknown> = {};
  readonly report: ReportEntry[] = [];

  /** The value stands in our config with the meaning that it has there. */
  keep(source: Source, to: string, value: unknown, why = ''): void {
    this.set(to, value);
    this.report.push({ verdict: 'kept', ...only(source), to, why });
  }

  /** The meaning is the same without anything in our config, or it is part of what `to` holds already. */
  same(source: Source, why: string, to?: string): void {
    this.report.push({ verdict: 'kept', ...only(source), ...(to !== undefined && { to }), why });
  }

  /** Something else stands in our config, or nothing, and behaves differently. */
  change(source: Source, why: string, to?: string, value?: unknown): void {
    if (to !== undefined && value !== undefined) this.set(to, value);
    this.report.push({ verdict: 'changed', ...only(source), ...(to !== undefined && { to }), why });
  }

  leaveOut(source: Source, why: string): void {
    this.report.push({ verdict: 'leftOut', ...only(source), why });
  }

  /** A default of theirs that ours is not. */
  add(key: string, to: string, value: unknown, why: string): void {
    this.set(to, value);
    this.report.push({ verdict: 'added', key, to, why });
  }

  /** The same, where the value stands in a list that is set as a whole. */
  note(key: string, to: string, why: string): void {
    this.report.push({ verdict: 'added', key, to, why });
  }

  /** Sets a value by its path of names and dots. */
  set(path: string, value: unknown): void {
    const names = path.split('.');
    const last = names.pop()!;
    let place = this.config;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = value;
  }

  /** The value at a path of names and dots. */
  get(path: string): unknown {
    return path
      .split('.')
      .reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], this.config);
  }
}

const only = ({ key, at }: Source): Source => ({ key, at });
