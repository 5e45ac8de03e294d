// Installs the packages into empty projects by each package manager on each Node, and runs the command there as a user would:
//   node test/packed/install-matrix.mjs [--manager NAME]... [--node VERSION]... [--tarballs DIR] [--shared-caches] [--keep]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRegistry } from '../../scripts/release/local-registry.mjs';
import { packAll, tarballsOf } from '../../scripts/release/packages.mjs';
import { build } from '../../scripts/run.mjs';
import { tryCell } from './matrix/cell.mjs';
import { MANAGERS } from './matrix/managers.mjs';
import { nodeOf } from './matrix/nodes.mjs';
import { NO_REGISTRY, NoRegistry } from './matrix/run.mjs';

const { values } = parseArgs({
  options: {
    manager: { type: 'string', multiple: true, default: Object.keys(MANAGERS) },
    // `current`, or what `npx node@VERSION` takes.
    node: { type: 'string', multiple: true, default: ['20', '22', '24'] },
    // Packed before, e.g. by a test; by default they are built and packed.
    tarballs: { type: 'string' },
    // TensorFlow's set-up and npm's cache of this user, in place of empty ones.
    'shared-caches': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'mdctr-matrix-'));
const caches = values['shared-caches'] ? undefined : join(folder, 'caches');
if (!values.tarballs) build();
const tarballs = values.tarballs ? tarballsOf(values.tarballs) : packAll(join(folder, 'tarballs'));
const registry = await startRegistry(tarballs);
const rows = [];
try {
  for (const version of values.node) {
    const node = nodeOf(version, folder);
    for (const manager of values.manager) {
      const cell = join(folder, `${manager}-${version}`);
      mkdirSync(cell);
      const row = { node: node.version, manager, outcome: 'passed' };
      rows.push(row);
      console.log(`== ${manager}, Node ${node.version}`);
      try {
        await tryCell({ manager: MANAGERS[manager], folder: cell, node, caches, registry });
      } catch (error) {
        if (error instanceof NoRegistry) throw error;
        row.outcome = `FAILED: ${error.message.split('\n')[0]}`;
        console.log(error.message);
      }
      console.log(`   ${row.outcome}`);
      if (!values.keep) rmSync(cell, { recursive: true, force: true });
    }
  }
  console.table(rows);
  process.exitCode = rows.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoRegistry)) throw error;
  console.log(`No registry can be reached: ${error.message}`);
  process.exitCode = NO_REGISTRY;
} finally {
  registry.end();
  if (values.keep) console.log(`Kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
