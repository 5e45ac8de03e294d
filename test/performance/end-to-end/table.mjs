import { aim, machineLine, met, range, row } from '../peers/table.mjs';
import { median } from '../median.mjs';

/** What a process may take beside 3.5 times its weights: weights, two moments, and half as much again. */
const [WEIGHTS_TIMES, BESIDE_BYTES] = [3.5, 500e6];
const AIM = { atLeast: 2.5 };

/** Ratios theirs / ours round against round; `runs` by name, one of each a round, ours first. */
export function summarise({ machine, versions, log, settings, weights, runs }) {
  const [ours, theirs] = Object.values(runs);
  const ratio = (key) => {
    const ratios = theirs.map((run, round) => run[key] / ours[round][key]);
    return { ratio: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
  };
  const ratios = { secondsToAuc: { ...ratio('secondsToAuc'), ...AIM }, seconds: ratio('seconds') };
  const memory = {
    peak: Math.max(...ours.map((run) => run.resident)),
    allowed: WEIGHTS_TIMES * weights + BESIDE_BYTES,
  };
  return { machine, versions, log, settings, weights, runs, ratios, memory };
}

export function asMarkdown({ machine, versions, log, settings, weights, runs, ratios, memory }) {
  const of = (key) => (run) => run[key];
  const middle = (list, key) => median(list.map(of(key)));
  return [
    machineLine(machine, versions),
    '',
    `${log.rows} rows of CSV, ${megabytes(log.bytes)}; batch ${settings.batchSize}, one epoch; the best possible AUC is ${log.bestAuc.toFixed(4)}.`,
    '',
    '| who | validation AUC | s to AUC | s to the end | peak memory, summed | shared pages once |',
    '| --- | --- | --- | --- | --- | --- |',
    ...Object.entries(runs).map(([who, list]) =>
      row([
        who,
        middle(list, 'auc').toFixed(4),
        middle(list, 'secondsToAuc').toFixed(1),
        middle(list, 'seconds').toFixed(1),
        megabytes(Math.max(...list.map(of('resident')))),
        megabytes(Math.max(...list.map(of('proportional')))),
      ]),
    ),
    '',
    '| what | measured | aimed at | met |',
    '| --- | --- | --- | --- |',
    row(['time to AUC, theirs / ours', range(ratios.secondsToAuc), aim(ratios.secondsToAuc), met(ratios.secondsToAuc)]),
    row(['time to the end, theirs / ours', range(ratios.seconds), '', '']),
    row([
      `our peak memory; weights ${megabytes(weights)}`,
      megabytes(memory.peak),
      `at most 3.5 x weights + 500 MB = ${megabytes(memory.allowed)}`,
      memory.peak <= memory.allowed ? 'yes' : 'no',
    ]),
    '',
  ].join('\n');
}

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
