// Training steps of ours against the PyTorch libraries, on the same arrays, in turns: `node test/performance/peers.mjs`.
// Installs the peers from PyPI into a virtual environment in a temporary folder (--python PATH takes one that has them).
// --list names the cells, --only REGEXP chooses cells by name, --quick those that aim at something; --rounds 6: blocks of
// ten steps each; --out FOLDER: where peers.json and peers.md go.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeArrays } from './peers/arrays.mjs';
import { chosenCells } from './peers/cells.mjs';
import { commandOf } from './peers/command.mjs';
import { compare } from './peers/compare.mjs';
import { installPeers } from './peers/environment.mjs';
import { surroundings, writeResults } from './peers/results.mjs';
import { startRunner } from './peers/runner.mjs';
import { aim, asMarkdown, range } from './peers/table.mjs';
import { workFolder } from './peers/work-folder.mjs';

const { values: flags } = parseArgs({
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '6' },
    only: { type: 'string', default: '.' },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    out: { type: 'string', default: 'results/peers' },
  },
});
const cells = chosenCells(flags);

if (cells.length === 0) console.error(`No cell has a name that matches ${flags.only}; --list names them.`);
else if (flags.list) list();
else await measureAll();

function list() {
  for (const { name, ratios } of cells) {
    console.log(name);
    for (const ratio of ratios)
      console.log(`    ${[`${ratio.of} / ${ratio.to}`, aim(ratio)].filter(Boolean).join(', ')}`);
  }
}

async function measureAll() {
  const work = workFolder('peers');
  const python = flags.python ?? (await installPeers(work));
  const results = { ...(await surroundings(python)), rounds: Number(flags.rounds), cells: [] };
  for (const cell of cells) {
    results.cells.push(await measure(cell, python, work));
    writeResults(flags.out, 'peers', results, asMarkdown(results));
  }
  console.log(asMarkdown(results));
}

/** All processes of a cell stay alive and take turns, so that a machine that slows down slows all of them. */
async function measure(cell, python, work) {
  const runners = new Map();
  /** A process that fails (no such package, no memory) is left out, and the others go on. */
  const orLeaveOut = async (name, action) => {
    try {
      await action();
    } catch (error) {
      console.error(`${cell.name}: ${error.message}`);
      runners.delete(name);
    }
  };
  try {
    for (const { name, who, workload } of cell.entries) {
      const folder = join(work, `arrays-${Object.values(workload).join('-')}`);
      writeArrays(folder, workload);
      await orLeaveOut(name, async () => runners.set(name, await startRunner(name, commandOf(who, folder, python))));
    }
    for (let round = 0; round < Number(flags.rounds); round++) {
      for (const [name, runner] of runners) await orLeaveOut(name, () => runner.block());
    }
    const compared = compare(cell, new Map([...runners].map(([name, { blocks }]) => [name, blocks])));
    for (const ratio of compared.ratios) console.error(`${cell.name}: ${ratio.of} / ${ratio.to} ${range(ratio)}`);
    return compared;
  } finally {
    for (const runner of runners.values()) await runner.stop();
  }
}
