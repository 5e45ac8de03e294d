export { chooseAlikeAndDifferent, type AlikeAndDifferent } from './choose-alike-and-different.js';
export { domainSimilarity, type ComparedDomain, type DomainSimilarity } from './domain-similarity.js';
