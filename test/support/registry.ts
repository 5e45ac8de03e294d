import { Registry } from '@mdctr/core';
import * as adasparse from '@mdctr/adasparse';
import * as apg from '@mdctr/apg';
import * as backbones from '@mdctr/backbones';
import * as domainBlind from '@mdctr/domain-blind';
import * as maml from '@mdctr/maml';
import * as perDomain from '@mdctr/per-domain';
import * as star from '@mdctr/star';

const packages = { backbones, adasparse, apg, 'domain-blind': domainBlind, maml, 'per-domain': perDomain, star };

/** A registry with every backbone and plugin of this repository. */
export function builtinRegistry(): Registry {
  const registry = new Registry();
  for (const [name, exports] of Object.entries(packages)) registry.addModule(exports, `@mdctr/${name}`);
  return registry;
}
