// Writes api/*.api.md, the public API of each package that others build on. With --check nothing is written: it shows what a change
// of the sources does to them, and the exit code says whether there is any.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { extractReports } from './extract.mjs';
import { compile, root } from '../run.mjs';

const check = process.argv.includes('--check');
const folder = join(root, 'api');

compile();
const { reports, problems } = extractReports();
mkdirSync(folder, { recursive: true });
const committed = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const changed = [...new Set([...reports.keys(), ...committed.keys()])].filter(
  (name) => name.endsWith('.api.md') && reports.get(name) !== committed.get(name),
);

for (const name of changed) {
  if (check) console.log(difference(name));
  else if (reports.has(name)) writeFileSync(join(folder, name), reports.get(name));
  else rmSync(join(folder, name));
  if (!check) console.log(`api/${name} is ${reports.has(name) ? 'rewritten' : 'removed'}`);
}
if (check && changed.length > 0)
  console.log(`The public API is not that of ${changed.map((name) => `api/${name}`).join(', ')}.
If it is meant to change: \`npx -y pnpm@10 api\`, commit the reports, and add a changeset (\`npx -y pnpm@10 changeset\`), which says
whether it breaks what others wrote (docs/project/api-stability.md). If not, the lines above show what to put back.`);
if (problems.length > 0)
  console.log(`${problems.join('\n')}
Whoever imports the package cannot name these types. Export them from its entry point, or mark what uses them \`@internal\`.`);
if (problems.length === 0 && changed.length === 0) console.log(`${reports.size} API reports are up to date`);
process.exitCode = problems.length > 0 || (check && changed.length > 0) ? 1 : 0;

/** The change of a report as a unified diff. */
function difference(name) {
  const [before, after] = [committed.get(name) ?? '', reports.get(name) ?? ''];
  const patch = createTwoFilesPatch(
    `api/${name} (committed)`,
    `api/${name} (from the sources)`,
    before,
    after,
    undefined,
    undefined,
    { context: 4 },
  );
  return patch.slice(patch.indexOf('---'));
}
