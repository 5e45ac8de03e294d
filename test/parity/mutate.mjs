/**
 * Can the parity tests fail? Makes one small mistake (mutants/) after the other in a copy of the sources, runs the
 * tests of its group there, and expects red. Exits with 1 if a mutant survives.
 *
 *     node test/parity/mutate.mjs [--short] [GROUP or MUTANT ...]      --short: two mutants a group
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './mutants/index.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = ['packages', 'plugins', 'test', 'package.json', 'tsconfig.base.json', 'vitest.config.ts'];
/** Copies of the repository that work side by side. */
const WORKERS = 2;

const args = process.argv.slice(2);
const groups = args.filter((arg) => !arg.startsWith('--'));
const chosen = mutants
  .filter(({ group, name }) => groups.length === 0 || groups.includes(group) || groups.includes(name))
  .filter(
    (mutant, i, all) => !args.includes('--short') || all.filter((m) => m.group === mutant.group).indexOf(mutant) < 2,
  );

/** The tests of a group in a copy: { failed: number of red cases, first: the first of them, output }. */
function runTests(copy, group) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const command = ['node_modules/vitest/vitest.mjs', 'run', 'test/parity/parity.test.ts', '-t', `PyTorch: ${group} `];
  const reporters = ['--reporter=json', `--outputFile=${report}`];
  return new Promise((resolve) => {
    execFile(process.execPath, [...command, ...reporters], { cwd: copy }, (_error, stdout, stderr) => {
      try {
        const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
        const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
        const red = tests.filter(({ status }) => status === 'failed');
        // A mutant that cannot run proves nothing.
        const crashed =
          red.length > 0 && red.every(({ failureMessages: [message] }) => !message.startsWith('AssertionError'));
        const passed = tests.filter(({ status }) => status === 'passed').length;
        const why = red[0] && `${red[0].title}: ${red[0].failureMessages[0].split('\n')[0]}`;
        resolve({ ran: crashed ? 0 : red.length + passed, failed: red.length, why: why ?? '' });
      } catch {
        resolve({ ran: 0, failed: 0, why: `${stdout}${stderr}`.slice(-300) });
      }
    });
  });
}

function makeCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'mdctr-mutants-'));
  // Links between packages are relative and so point into the copy; third parties are those of the original.
  for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function judge(copy, { group, file, text, replacement }) {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(text).length !== 2) return { verdict: 'STALE', why: `its text is not exactly once in ${file}` };
  writeFileSync(
    path,
    source.replace(text, () => replacement),
  );
  const { ran, failed, why } = await runTests(copy, group);
  writeFileSync(path, source);
  if (ran === 0) return { verdict: 'BROKEN', why: `no test ran: ${why}` };
  return failed > 0 ? { verdict: 'killed', why: `${failed} of ${ran} red; ${why}` } : { verdict: 'SURVIVED', why: '' };
}

const copies = Array.from({ length: Math.min(WORKERS, chosen.length) }, makeCopy);
const alive = [];
try {
  for (const group of new Set(chosen.map((mutant) => mutant.group))) {
    const { ran, failed, why } = await runTests(copies[0], group);
    if (ran === 0 || failed > 0) throw new Error(`The tests of ${group} are red without a mutant: ${why}`);
  }
  const queue = [...chosen];
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const { verdict, why } = await judge(copy, mutant);
        if (verdict !== 'killed') alive.push(mutant);
        console.log(
          `${verdict.padEnd(8)}  ${mutant.group.padEnd(10)}  ${mutant.name.padEnd(44)}  ${why.slice(0, 110)}`,
        );
      }
    }),
  );
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}
console.log(`${chosen.length - alive.length} of ${chosen.length} mutants killed.`);
process.exitCode = alive.length > 0 ? 1 : 0;
