// Writes the sources that are made of others: the references of the tsconfig.json files, and the built-in names that the scaffold knows.
// With --check nothing is written, and the exit code says whether something would be.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';
import { builtInNames, path } from './built-in-names.mjs';
import { tsconfigs } from './tsconfigs.mjs';

const check = process.argv.includes('--check');
let stale = 0;
update(path, builtInNames(), (text) => text);
for (const [file, config] of tsconfigs()) {
  // Compared as values: prettier has its own way with short lists.
  update(file, `${JSON.stringify(config, null, 2)}\n`, (text) => JSON.stringify(JSON.parse(text)));
}
process.exitCode = check && stale > 0 ? 1 : 0;

function update(name, text, meaning) {
  const file = join(root, name);
  if (existsSync(file) && meaning(readFileSync(file, 'utf8')) === meaning(text)) return;
  stale++;
  if (check) console.log(`${name} is out of date: run \`npx -y pnpm@10 generated\``);
  else writeFileSync(file, text);
}
