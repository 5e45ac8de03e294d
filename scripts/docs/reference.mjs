// Writes docs/reference/hooks.md from the doc comments of @mdctr/core, and docs/reference/commands.md from the
// definitions of the commands. With --check nothing is written, and the exit code says whether something would be.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsPage } from './reference/commands-page.mjs';
import { hooksPage } from './reference/hooks-page.mjs';
import { root } from '../run.mjs';

const pages = { 'docs/reference/commands.md': commandsPage(), 'docs/reference/hooks.md': hooksPage() };

const check = process.argv.includes('--check');
let stale = 0;
for (const [name, text] of Object.entries(pages)) {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale++;
  console.log(`${name} ${check ? 'is out of date: run `pnpm reference`' : 'is rewritten'}`);
  if (!check) writeFileSync(path, text);
}
process.exitCode = check && stale > 0 ? 1 : 0;
