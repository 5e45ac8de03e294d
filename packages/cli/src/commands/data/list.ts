import { findRecipe, recipes, type Recipe } from '@mdctr/recipes';
import { columns } from '../../terminal/columns.js';

export function listData({ json }: { readonly json?: true }): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(recipes, null, 2)}\n`);
    return;
  }
  const head = ['name', 'rows', 'domains', 'size', 'licence', 'get it', 'from'];
  const rows = recipes.map((recipe) => [
    recipe.name,
    recipe.rows?.toLocaleString('en-US') ?? '?',
    recipe.domains,
    recipe.bytes === undefined ? '?' : size(recipe.bytes),
    recipe.licence,
    howToGet(recipe),
    recipe.home,
  ]);
  process.stdout.write(`${columns([head, ...rows], [1, 3]).join('\n')}\n\n`);
  process.stdout.write('More of one: npx mdctr data show NAME. To get it: npx mdctr data get NAME.\n');
}

export function showData(name: string): void {
  const recipe = findRecipe(name);
  const { title, summary, rows, domains, bytes, licence, citation, home, downloads, byHand, notes, layoutFrom } =
    recipe;
  const checksums = downloads.map(({ url, checksum }) => {
    return `${url} (${checksum ? `${checksum.algorithm} ${checksum.digest}` : 'no published checksum'})`;
  });
  const facts: [string, string][] = [
    [
      'rows',
      `${rows?.toLocaleString('en-US') ?? 'not counted'}, ${domains}${bytes === undefined ? '' : `, ${size(bytes)} on disk`}`,
    ],
    ['licence', licence],
    ['cite', citation],
    ['from', home],
    ...checksums.map((line): [string, string] => ['download', line]),
    ...(byHand ? [['by hand', byHand] as [string, string]] : []),
    ['files', layoutFrom],
  ];
  const lines = [title, summary, '', ...facts.map(([key, value]) => `${key.padEnd(10)}${value}`), ''];
  process.stdout.write(`${[...lines, ...notes.map((note) => `- ${note}`), ''].join('\n')}\n`);
  process.stdout.write(`Get it: npx mdctr data get ${name}${downloads.length === 0 ? ' --from FILE_OR_FOLDER' : ''}\n`);
}

function howToGet({ downloads }: Recipe): string {
  if (downloads.length === 0) return 'by hand';
  const bytes = downloads.reduce((sum, file) => sum + (file.bytes ?? NaN), 0);
  return Number.isNaN(bytes) ? 'download' : `download ${size(bytes)}`;
}

/** 45200000 as `45 MB`. */
function size(bytes: number): string {
  const [amount, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : [bytes / 1e6, 'MB'];
  return `${amount >= 10 ? Math.round(amount) : Number(amount.toFixed(1))} ${unit}`;
}
