/** A file to download. */
export interface Download {
  readonly url: string;
  /** As the publisher gives it; absent where none is published: then the first one seen is recorded. */
  readonly checksum?: { readonly algorithm: 'md5' | 'sha256'; readonly digest: string };
  /** About, for the list. */
  readonly bytes?: number;
}

/** A public data set: what it is, how to get it, and how to read its files as they are published. */
export interface Recipe {
  /** As typed: `kuairand-pure`. */
  readonly name: string;
  readonly title: string;
  /** What a row, its label and its domain are. One sentence. */
  readonly summary: string;
  /** Rows that the recipe reads, as published; absent where no count is published. */
  readonly rows?: number;
  readonly domains: string;
  /** Bytes of the files, unpacked, about; absent where the publisher does not say. */
  readonly bytes?: number;
  readonly licence: string;
  readonly citation: string;
  /** Page of the publisher. */
  readonly home: string;
  /** What is downloaded: archives (.zip, .tar.gz), unpacked then, and other files. None where the publisher asks for an account. */
  readonly downloads: readonly Download[];
  /** How to get it where nothing can be downloaded without an account. */
  readonly byHand?: string;
  /** The section `data` of a config; paths relative to the folder of the data set. */
  readonly data: RecipeData;
  /** The section `training`, where the default is not apt. */
  readonly training?: Readonly<Record<string, unknown>>;
  /** What one should know before quoting figures. */
  readonly notes: readonly string[];
  /** Where the facts about files and columns are from. */
  readonly layoutFrom: string;
}

/** The parts of `data` that name files; the schema of configs checks the rest. */
export interface RecipeData {
  readonly source: {
    readonly files: readonly string[];
    readonly joins?: readonly (Readonly<Record<string, unknown>> & { readonly files: readonly string[] })[];
    readonly [option: string]: unknown;
  };
  readonly split: {
    readonly by: string;
    readonly validation?: unknown;
    readonly test?: unknown;
    readonly [option: string]: unknown;
  };
  readonly [option: string]: unknown;
}
