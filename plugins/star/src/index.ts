export { StarOptions } from './options.js';
export { Star } from './star.js';
