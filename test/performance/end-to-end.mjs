// From CSV to the validation AUC after one epoch, `mdctr train` against FuxiCTR's pipeline, in turns, each time as a new
// process: `node test/performance/end-to-end.mjs`. Linux alone: memory is read from /proc.
// --rows 2000000; --rounds 3; --python PATH takes a Python that has the peers (else they are installed from PyPI);
// --out FOLDER: where end-to-end.json and end-to-end.md go; --block-rows: rows of a block of FuxiCTR's data, 0 for one file.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuxictr } from './end-to-end/fuxictr.mjs';
import { measure } from './end-to-end/measure.mjs';
import { ours } from './end-to-end/ours.mjs';
import { asMarkdown, summarise } from './end-to-end/table.mjs';
import { writeLog } from './end-to-end/write-log.mjs';
import { installPeers } from './peers/environment.mjs';
import { surroundings, writeResults } from './peers/results.mjs';
import { workFolder } from './peers/work-folder.mjs';

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '2000000' },
    rounds: { type: 'string', default: '3' },
    python: { type: 'string' },
    out: { type: 'string', default: 'results/peers' },
    'block-rows': { type: 'string', default: '0' },
  },
});

if (process.platform !== 'linux') throw new Error('Memory is read from /proc, which Linux alone has.');
if (Number(flags['block-rows']) > Number(flags.rows) / 10) {
  throw new Error('FuxiCTR fails where the validation rows, a tenth of all, are less than a block.');
}
const work = workFolder('end-to-end');
const python = flags.python ?? (await installPeers(work));
const settings = { batchSize: 4096, learningRate: 1e-3, dataBlockSize: Number(flags['block-rows']) };
const log = writeLog(work, { rows: Number(flags.rows) });
const sides = [ours(work, log, settings), fuxictr(work, log, { ...settings, python })];
const runs = Object.fromEntries(sides.map(({ name }) => [name, []]));
let weights;
for (let round = 0; round < Number(flags.rounds); round++) {
  for (const side of sides) {
    const run = await measure(side);
    runs[side.name].push(run);
    weights ??= side.weights?.();
    for (const path of side.outputs) rmSync(path, { recursive: true, force: true });
    console.error(`${side.name}: ${inWords(run)}`);
  }
}
const results = summarise({ ...(await surroundings(python)), log, settings, weights, runs });
writeResults(flags.out, 'end-to-end', results, asMarkdown(results));
console.log(asMarkdown(results));

function inWords({ auc, secondsToAuc, seconds, resident }) {
  const times = `after ${secondsToAuc.toFixed(1)} s, end ${seconds.toFixed(1)} s`;
  return `AUC ${auc.toFixed(4)} ${times}, ${Math.round(resident / 1e6)} MB`;
}
