// Writes the sources that are made of others: the references of the tsconfig.json files, and the built-in names that the scaffold knows.
// With --check nothing is written, and the exit code says whether something would be.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../run.mjs';
import { builtInNames, path } from './built-in-names.mjs';
import { tsconfigs } from './tsconfigs.mjs';

const check = process.argv.includes('--check');
let stale = 0;
await update(path, builtInNames());
for (const [file, config] of tsconfigs()) await update(file, JSON.stringify(config));
process.exitCode = check && stale > 0 ? 1 : 0;

async function update(name, source) {
  const file = join(root, name);
  const text = await format(source, { ...(await resolveConfig(file)), filepath: file });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  stale++;
  if (check) console.log(`${name} is out of date: run \`npx -y pnpm@10 generated\``);
  else writeFileSync(file, text);
}
