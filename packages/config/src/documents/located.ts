import { getOrThrow } from '@mdctr/base';
import type { SourceLocation } from '@mdctr/base';

/** Where a value stands in a document: keys and indexes from the root. */
export type DocumentPath = readonly (string | number)[];

/** A value of a config with the place it was written at. */
export interface Located {
  readonly at: SourceLocation;
  /** Folder that relative paths in this value are relative to. */
  readonly baseDir: string;
  readonly value: string | number | boolean | null | Located[] | Map<string, Entry>;
}

export interface Entry {
  readonly keyAt: SourceLocation;
  readonly node: Located;
}

/** A value with one place for all of it; relative paths in it are relative to the working directory. */
export function locatedOf(value: unknown, at: SourceLocation): Located {
  const baseDir = process.cwd();
  if (Array.isArray(value)) return { at, baseDir, value: value.map((item) => locatedOf(item, at)) };
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { keyAt: at, node: locatedOf(item, at) }] as const,
    );
    return { at, baseDir, value: new Map(entries) };
  }
  return { at, baseDir, value: value as string | number | boolean | null };
}

/** The value as plain JSON. */
export function plain(node: Located): unknown {
  if (Array.isArray(node.value)) return node.value.map(plain);
  if (node.value instanceof Map)
    return Object.fromEntries([...node.value].map(([key, entry]) => [key, plain(entry.node)]));
  return node.value;
}

/** The deepest node on the way to `path` that exists, with the place of its key where it has one. */
export function find(root: Located, path: DocumentPath): { node: Located; keyAt: SourceLocation; whole: boolean } {
  let node = root;
  let keyAt = root.at;
  for (const step of path) {
    if (node.value instanceof Map && node.value.has(String(step)))
      ({ node, keyAt } = getOrThrow(node.value, String(step)));
    else if (Array.isArray(node.value) && node.value[Number(step)]) {
      node = node.value[Number(step)]!;
      keyAt = node.at;
    } else return { node, keyAt, whole: false };
  }
  return { node, keyAt, whole: true };
}

/** `plugins[0].epsilon`. */
export function formatPath(path: DocumentPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number' || /^\d+$/.test(step)) return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** Tags that tell kinds of objects apart: a base's options mean nothing to another kind. */
const TAGS = ['name', 'kind', 'by'];

/** Lays `over` on `base`: objects merge key by key, unless their tags differ; everything else is replaced. */
export function merge(base: Located, over: Located): Located {
  if (!(base.value instanceof Map) || !(over.value instanceof Map)) return over;
  const merged = new Map(base.value);
  for (const [key, entry] of over.value) {
    const old = merged.get(key);
    const mergeable = old && sameTags(old.node, entry.node);
    merged.set(key, mergeable ? { keyAt: entry.keyAt, node: merge(old.node, entry.node) } : entry);
  }
  return { at: over.at, baseDir: over.baseDir, value: merged };
}

function sameTags(a: Located, b: Located): boolean {
  if (!(a.value instanceof Map) || !(b.value instanceof Map)) return true;
  const [left, right] = [a.value, b.value];
  return TAGS.every((tag) => {
    const wanted = right.get(tag)?.node.value;
    return wanted === undefined || wanted === left.get(tag)?.node.value;
  });
}
