// Each plugin breaks one promise.
export * from './identity-and-gradients.js';
export * from './rows-and-domains.js';
export * from './state.js';
export * from './cost-and-composition.js';
