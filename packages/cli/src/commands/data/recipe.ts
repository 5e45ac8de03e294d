import { writeAtomic } from '@mdctr/base';
import { builtinsWithRole } from '../../builtins.js';
import { findRecipe, recipeConfig } from '@mdctr/recipes';

export interface RecipeOptions {
  readonly kind: 'study' | 'trial';
  readonly out?: string;
}

export async function writeRecipe(name: string, { kind, out }: RecipeOptions): Promise<void> {
  const recipe = findRecipe(name);
  const plugins = await builtinsWithRole(kind === 'study' ? 'suggested' : 'reference');
  const text = `${JSON.stringify(recipeConfig(recipe, { kind, plugins }), null, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeAtomic(out, text);
  const next =
    kind === 'study' ? `npx mdctr bench ${out} --data FOLDER` : `npx mdctr train ${out} --data FOLDER --out model`;
  process.stdout.write(`Written: ${out}\nNext:    ${next}\n`);
}
