import { resolve } from 'node:path';
import type { SourceLocation } from '@mdctr/base';
import { find, locatedOf, merge, plain, type DocumentPath, type Entry, type Located } from './located.js';

/**
 * A config with everything it extends and overrides laid together; every value knows where it was written.
 */
export class ConfigDocument {
  constructor(
    readonly file: string,
    readonly root: Located,
  ) {}

  /** The config as plain JSON, not yet validated. */
  value(): unknown {
    return plain(this.root);
  }

  /** Where the value at `path` stands (its nearest ancestor where it is absent), or its key. */
  locate(path: DocumentPath, what: 'value' | 'key' = 'value'): SourceLocation {
    const { node, keyAt, whole } = find(this.root, path);
    return what === 'key' && whole ? keyAt : node.at;
  }

  /** A relative path at `path`, made absolute from the folder of the file it was written in. */
  resolvePath(path: DocumentPath, relative: string): string {
    return resolve(find(this.root, path).node.baseDir, relative);
  }

  /** The config with some keys of the object at `path` laid over its own, as `extends` does, and without the key `path` begins with. */
  laidOver(path: DocumentPath, keys: readonly string[]): ConfigDocument {
    const { node } = find(this.root, path);
    const part = (of: Located, wanted: (key: string) => boolean): Located => ({
      ...of,
      value: new Map([...(of.value as Map<string, Entry>)].filter(([key]) => wanted(key))),
    });
    const base = part(this.root, (key) => key !== String(path[0]));
    return new ConfigDocument(
      this.file,
      merge(
        base,
        part(node, (key) => keys.includes(key)),
      ),
    );
  }

  /** Folder that names at `path` are resolved from. */
  baseDir(path: DocumentPath): string {
    return find(this.root, path).node.baseDir;
  }
}

/** A config that was made, not read; all of it stands at one place. */
export function documentOf(value: object, at: SourceLocation): ConfigDocument {
  return new ConfigDocument(at.file, locatedOf(value, at));
}
