import type { ConfigDocument, DocumentPath } from '@mdctr/config';

/** What a load takes beside the section `data` of a config. */
export interface LoadContext {
  /** Replaces `source.files`; relative to the working directory. */
  readonly files?: readonly string[];
  /**
   * Makes a path of the data section absolute, by where it stands in it; relative to the working directory by default.
   */
  readonly resolvePath?: (place: DocumentPath, path: string) => string;
  /**
   * Folder of encoded data sets, and how many bytes they may take together; none by default. Synthetic data are never
   * kept.
   */
  readonly cache?: { readonly folder: string; readonly maxBytes: number } | undefined;
}

/** Paths of a config's data section, each relative to the file that it was written in. */
export function dataPaths(document: ConfigDocument): NonNullable<LoadContext['resolvePath']> {
  return (place, path) => document.resolvePath(['data', ...place], path);
}
