import { MdctrError, nearest } from '@mdctr/base';
import type { Recipe } from '../recipe.js';
import { aliCcp } from './ali-ccp.js';
import { aliExpress } from './aliexpress.js';
import { amazon } from './amazon.js';
import { avazu } from './avazu.js';
import { criteo } from './criteo.js';
import { ijcai18 } from './ijcai18.js';
import { kuairandRecipes } from './kuairand.js';
import { movieLens1M, movieLensLarge } from './movielens.js';
import { openBandit } from './open-bandit.js';

/** All recipes, in alphabetical order. */
export const recipes: readonly Recipe[] = [
  aliCcp,
  aliExpress,
  amazon,
  avazu,
  criteo,
  ijcai18,
  ...kuairandRecipes,
  movieLens1M,
  ...movieLensLarge,
  openBandit,
];

/** @throws MdctrError MDCTR_DATASET_UNKNOWN if there is no recipe of that name. */
export function findRecipe(name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found) return found;
  const names = recipes.map((recipe) => recipe.name);
  const near = names.find((other) => other.startsWith(`${name}-`)) ?? nearest(name, names);
  throw new MdctrError('MDCTR_DATASET_UNKNOWN', {
    what: `There is no recipe for a data set "${name}".`,
    expected: `one of ${names.join(', ')}`,
    hint: near
      ? `Did you mean "${near}"?`
      : 'npx mdctr data list shows them; for files of your own there is npx mdctr data describe.',
  });
}
