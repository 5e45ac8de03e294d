// Written by scripts/build/generated.mjs from the decorators of packages/backbones and plugins.

/** Names that backbones and plugins of mdctr itself have. */
export const BUILT_IN_NAMES: readonly string[] = [
  'adasparse',
  'apg',
  'dcnv2',
  'dnn',
  'domain-blind',
  'maml',
  'per-domain',
  'star',
];
