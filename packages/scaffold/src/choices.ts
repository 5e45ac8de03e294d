/** What can be made. */
export type Kind = 'plugin' | 'backbone';

/** The hooks that a plugin can begin with, and what the example in each does. */
export const HOOKS = {
  hidden: 'scales hidden layers by a learned factor per domain',
  affine: 'adds a learned bias per domain to affine layers',
  embedding: 'scales the embedded fields by learned factors per domain',
  logit: 'adds a learned term per domain to the logit',
  step: 'trains domain by domain in the later part of training',
} as const;

export type Hook = keyof typeof HOOKS;

/** Licences by SPDX id; `UNLICENSED` is npm's word for none. */
export const LICENCES = ['Apache-2.0', 'MIT', 'UNLICENSED'] as const;

export type Licence = (typeof LICENCES)[number];
