export type { BagTable } from './encode/bag-table.js';
export { openBatches } from './batches/batch-source.js';
export { readEncoded } from './cache/data-cache.js';
export { describeFiles, type Description, type DescribeOptions } from './describe/describe.js';
export type { Column, ColumnUse } from './describe/propose.js';
export type { EncodedData } from './encode/encoded-data.js';
export { dataFingerprint } from './encode/fingerprint.js';
export { featureMapFromJson, featureMapToJson, type FeatureMap } from './encode/feature-map.js';
export type { FieldSpec } from './options/field-spec.js';
export { dataPaths, encodeWith, loadData, type LoadContext } from './load.js';
export { MissingFile } from './formats/missing-file.js';
export { DataOptions } from './options/data-options.js';
export { shareData } from './cache/share-data.js';
export {
  chooseAlikeAndDifferent,
  domainSimilarity,
  type AlikeAndDifferent,
  type ComparedDomain,
  type DomainSimilarity,
} from './similarity/index.js';
export {
  generateSynthetic,
  SyntheticProcess,
  SyntheticSource,
  writeSynthetic,
  type SyntheticChunk,
  type SyntheticOptions,
} from './synthetic/index.js';
