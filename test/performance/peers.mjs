// Training steps of ours against the PyTorch libraries, on the same arrays, in turns: `node test/performance/peers.mjs`.
// Installs the peers from PyPI into a virtual environment in a temporary folder (--python PATH takes one that has them).
// --rounds 6: blocks of ten steps each; --only REGEXP: cells by name; --out FOLDER: where peers.json and peers.md go.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureRuntime, describeMachine, silentReport } from '@mdctr/tensor';
import { writeArrays } from './peers/arrays.mjs';
import { cells, commandOf } from './peers/cells.mjs';
import { installPeers, versionsOf } from './peers/environment.mjs';
import { startRunner } from './peers/runner.mjs';
import { asMarkdown, comparison } from './peers/table.mjs';

const { values: flags } = parseArgs({
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '6' },
    only: { type: 'string', default: '.' },
    out: { type: 'string', default: 'results/peers' },
  },
});

const work = mkdtempSync(join(tmpdir(), 'mdctr-peers-'));
try {
  const python = flags.python ?? (await installPeers(work));
  const info = await ensureRuntime({ report: silentReport });
  const { cpu, threads, memoryGiB, node } = describeMachine(info);
  const machine = { cpu, threads, memoryGiB, node, tensorflow: info.tensorflowVersion, kernels: info.kernels };
  const results = { machine, versions: await versionsOf(python), cells: [] };
  for (const cell of cells.filter(({ name }) => new RegExp(flags.only).test(name))) {
    results.cells.push(await measure(cell, python));
    mkdirSync(flags.out, { recursive: true });
    writeFileSync(join(flags.out, 'peers.json'), JSON.stringify(results, null, 2));
    writeFileSync(join(flags.out, 'peers.md'), asMarkdown(results));
  }
  console.log(asMarkdown(results));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** All runners of a cell stay alive and take turns, so that a machine that slows down slows all of them. */
async function measure(cell, python) {
  const folder = join(work, 'arrays');
  writeArrays(folder, cell.workload);
  const runners = [];
  try {
    for (const entry of cell.entries) {
      const runner = await startRunner(entry, commandOf(entry, folder, python));
      if (runner) runners.push(runner);
    }
    for (let round = 0; round < Number(flags.rounds); round++) for (const runner of runners) await runner.block();
    const compared = comparison(cell, runners);
    for (const { name, ms, ratio } of compared.entries) {
      console.error(
        `${cell.name}: ${name} ${ms.toFixed(1)} ms a step${ratio ? `, ${ratio.toFixed(2)} times ours` : ''}`,
      );
    }
    return compared;
  } finally {
    for (const runner of runners) await runner.stop();
  }
}
