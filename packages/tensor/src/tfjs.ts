import { createRequire } from 'node:module';

/**
 * tfjs-core, for the files of this package. Taken by `require`: it is one CommonJS file of over a megabyte, which an `import`
 * would scan for the names of its exports first, a tenth of a second at each start.
 */
export const tf = createRequire(import.meta.url)('@tensorflow/tfjs-core') as typeof import('@tensorflow/tfjs-core');
