export * from './check-options.js';
export * from './decorators.js';
export * from './loader.js';
export { locatePackage, type PackageRequest } from './locate.js';
export { CORE_VERSION } from './manifest.js';
export { thirdPartyNamed } from './installed-units.js';
export * from './package-identity.js';
export { ownFrames, thrownText } from './own-frames.js';
export { fullName, Registry, type PackageOrigin, type Unit } from './registry.js';
