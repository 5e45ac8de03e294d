import { join } from 'node:path';
import { findRecipe, getDataset } from '@mdctr/recipes';
import { builtinsWithRole } from '../../builtins.js';
import { Progress } from '../../terminal/progress.js';

export interface GetDataOptions {
  readonly out?: string;
  readonly from?: string;
  readonly json?: true;
}

export async function getData(name: string, { out = join('data', name), from, json }: GetDataOptions): Promise<void> {
  const recipe = findRecipe(name);
  const progress = new Progress(!json);
  const config = await getDataset(recipe, {
    out,
    from,
    plugins: await builtinsWithRole('suggested'),
    say: (line) => progress.done(line),
    onProgress: (done, total) => {
      if (total === undefined) progress.show(`${(done / 1e6).toFixed(0)} MB`);
      else progress.bar(done / total, `${(done / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB`);
    },
  });
  const { licence, citation, notes } = recipe;
  if (json) {
    process.stdout.write(`${JSON.stringify({ config, licence, citation, notes }, null, 2)}\n`);
    return;
  }
  process.stdout.write(`Config:  ${config}\nLicence: ${licence}\nCite:    ${citation}\n`);
  for (const note of notes) process.stdout.write(`- ${note}\n`);
  process.stdout.write(`Next:    npx mdctr bench ${config}\n`);
}
