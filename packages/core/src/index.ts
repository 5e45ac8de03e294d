import 'reflect-metadata';
import { enterCopy } from '@mdctr/base';

export { MdctrError, nearest, type ErrorDetails, type SourceLocation } from '@mdctr/base';
export { inject } from 'tsyringe';
export { DomainBatch, type Pass } from './batch/domain-batch.js';
export { EmbeddedFields } from './batch/embedded-fields.js';
export type { Bags } from './features/bags.js';
export * from './features/feature-schema.js';
export * from './features/host-batch.js';
export * from './features/slice-batch.js';
export { assembleModel } from './model/assemble.js';
export type { UnitConfig } from './model/instantiate.js';
export * from './model/model-spec.js';
export { Model } from './model/model.js';
export * from './model/tokens.js';
export { batchNorm } from './network/batch-norm.js';
export type * from './network/layer.js';
export * from './network/network-builder.js';
export type * from './network/network-record.js';
export { pathMatcher } from './network/path-pattern.js';
export { ParameterScope, type DenseOptions } from './network/parameter-scope.js';
export type * from './network/sites.js';
export {
  ANNOTATIONS,
  closedSchema,
  named,
  ONE_ALONE,
  oneOrMore,
  SHORT_FORM,
  taggedUnion,
  type JsonSchema,
} from './options/schema.js';
export { DomainPlugin } from './plugin/domain-plugin.js';
export type * from './plugin/diagnostics.js';
export type * from './plugin/interceptors.js';
export { refuseConflicts } from './plugin/refuse-conflicts.js';
export * from './registry/decorators.js';
export { classesOf, fullName, Registry, type PackageOrigin, type Unit } from './registry/registry.js';
export { CORE, CORE_VERSION } from './version.js';

enterCopy(import.meta.url);
