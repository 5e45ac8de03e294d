export type { BagTable } from './bag-table.js';
export { openBatches } from './batch-source.js';
export { readEncoded } from './data-cache.js';
export { describeFiles, type Description, type DescribeOptions } from './describe/describe.js';
export type { Column, ColumnUse } from './describe/propose.js';
export type { EncodedData } from './encoded-data.js';
export { dataFingerprint } from './fingerprint.js';
export { featureMapFromJson, featureMapToJson, type FeatureMap } from './feature-map.js';
export type { FieldSpec } from './field-spec.js';
export { dataPaths, encodeWith, loadData, type LoadContext } from './load.js';
export { MissingFile } from './missing-file.js';
export { DataOptions } from './options.js';
export { shareData } from './share-data.js';
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
