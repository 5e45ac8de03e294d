export * from './check-options.js';
export * from './decorators.js';
export * from './loader.js';
export * from './package-identity.js';
export * from './registry.js';
export { enableTypeScript } from './typescript-loader.js';
