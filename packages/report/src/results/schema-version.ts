/**
 * Version of the layout of results.json. 2: metrics by name; `gauc` is the AUC inside the groups of data.gaucBy, and
 * `domainAuc` what `gauc` was before.
 */
export const SCHEMA_VERSION = 2;
