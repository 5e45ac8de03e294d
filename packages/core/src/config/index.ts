export * from './compose.js';
export { ANNOTATIONS, closedSchema, named, taggedUnion, type JsonSchema } from './json-schema.js';
export { ConfigDocument, documentOf, loadConfig, overridesAlone, type LoadOptions } from './load.js';
export { formatPath, type DocumentPath } from './located.js';
export { loadNamedPackages, type LoadedConfig } from './named-packages.js';
export { nearest } from './nearest.js';
export { optionPaths } from './option-paths.js';
export * from './validate.js';
