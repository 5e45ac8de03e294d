import { adasparse } from './adasparse.mjs';
import { apg } from './apg.mjs';
import { backbones } from './backbones.mjs';
import { maml } from './maml.mjs';
import { optimizers } from './optimizers.mjs';
import { perDomain } from './per-domain.mjs';
import { pooling } from './pooling.mjs';
import { star } from './star.mjs';

/**
 * A small mistake: its name, the file from the repository's root, a text that stands exactly once in it, the text in its place.
 * @typedef {[name: string, file: string, text: string, replacement: string]} Mistake
 */

/** Small mistakes, one at a time, by what they are made in. */
const list = { backbones, optimizers, adasparse, star, apg, maml, 'per-domain': perDomain, pooling };

export const mutants = Object.entries(list).flatMap(([group, entries]) =>
  entries.map(([name, file, text, replacement]) => ({ group, name, file, text, replacement })),
);
