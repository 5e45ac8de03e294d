import { MdctrError, firstOf, itemAt } from '@mdctr/base';
import { checkSpace, type CheckedDimension, type SpaceSource } from './check-space.js';
import { gridValues, valueAt } from './dimension.js';
import { shares } from './draws.js';
import { halvingRungs, ranked } from './halving.js';
import type { SearchOptions, Space } from './options.js';
import type { Candidate, Rung, ScoredTrial, SearchStep, SearchRequest, TrialScore, Values } from './trials.js';

/** What a search of one method on one backbone depends on, beside the options that all share. */
export interface SearchInput extends SpaceSource {
  /** `methods[].search`: further dimensions of the method. */
  readonly methodSpace?: Space;
  /** `training.epochs`: what a trial has at most, and in the last rung. */
  readonly epochs: number;
}

/**
 * A search as a function of its results: nothing is kept between two calls, so that it can be broken off at any time and
 * gone on with from the results that were written down.
 */
export interface Search {
  /** Every point that is tried. All of them are in the first rung. Points that were drawn twice are tried once. */
  readonly candidates: readonly Candidate[];
  readonly rungs: readonly Rung[];
  /**
   * What to do after these results, in whatever order they came. A rung ends before the next begins, so that who goes on
   * does not depend on which trial ended first.
   * @throws RangeError for the result of a trial that the search has not asked for, or two results of one
   */
  next(results: readonly TrialScore[]): SearchStep;
}

/**
 * Opens the search of one method on one backbone. The same options and input give the same trials, always.
 * @throws MdctrError MDCTR_SEARCH_PATH, MDCTR_SEARCH_DIMENSION, MDCTR_SEARCH_GRID.
 */
export function openSearch(options: SearchOptions, { methodSpace = {}, epochs, ...source }: SearchInput): Search {
  const { dimensions } = checkSpace(options, methodSpace, source);
  const values = options.kind === 'grid' ? gridOf(dimensions, options.trials, source) : drawn(dimensions, options);
  const candidates = distinct(values.map((one, number) => ({ number, values: one })));
  const rungs =
    options.kind === 'halving'
      ? halvingRungs(candidates.length, epochs, options.factor, options.minEpochs)
      : [{ trials: candidates.length, epochs }];
  return { candidates, rungs, next: (results) => nextStep(candidates, rungs, results) };
}

function nextStep(
  candidates: readonly Candidate[],
  rungs: readonly Rung[],
  results: readonly TrialScore[],
): SearchStep {
  const byRung = groupByRung(results);
  let [trials, best]: [readonly Candidate[], ScoredTrial | null] = [candidates, null];
  for (const [rung, { trials: most, epochs }] of rungs.entries()) {
    const asked = trials.slice(0, most).map((trial): SearchRequest => {
      return { number: trial.number, values: trial.values, rung, epochs };
    });
    const scores = byRung.get(rung) ?? new Map<number, TrialScore>();
    refuseStrangers(asked, scores);
    const run = asked.filter(({ number }) => !scores.has(number));
    if (run.length > 0) {
      refuseLater(byRung, rung);
      return { done: false, run };
    }
    const order = ranked(asked, scores);
    best = order[0] ?? best;
    trials = order;
  }
  refuseLater(byRung, rungs.length - 1);
  return { done: true, best };
}

function groupByRung(results: readonly TrialScore[]): Map<number, Map<number, TrialScore>> {
  const byRung = new Map<number, Map<number, TrialScore>>();
  for (const result of results) {
    const { number, rung } = result;
    const scores = byRung.get(rung) ?? new Map<number, TrialScore>();
    if (scores.has(number)) throw new RangeError(`Two results of tuning trial ${number} in rung ${rung}.`);
    byRung.set(rung, scores.set(number, result));
  }
  return byRung;
}

function refuseStrangers(asked: readonly SearchRequest[], scores: ReadonlyMap<number, TrialScore>): void {
  const stranger = [...scores.values()].find(({ number }) => !asked.some((trial) => trial.number === number));
  if (stranger) throw unasked(stranger);
}

function refuseLater(byRung: ReadonlyMap<number, ReadonlyMap<number, TrialScore>>, rung: number): void {
  for (const [later, scores] of byRung) if (later > rung) throw unasked(firstOf([...scores.values()]));
}

const unasked = ({ number, rung }: TrialScore): RangeError =>
  new RangeError(`A result of tuning trial ${number} in rung ${rung}, which the search has not asked for.`);

/** Points of random search, and of the first rung of halving. */
function drawn(dimensions: readonly CheckedDimension[], options: { seed: number; trials: number }): Values[] {
  const columns = dimensions.map(({ path, checked }) =>
    shares(options.seed, path, options.trials).map((share) => valueAt(checked, share)),
  );
  return Array.from({ length: options.trials }, (_, trial) =>
    Object.fromEntries(dimensions.map(({ path }, d) => [path, itemAt(columns, d)[trial]])),
  );
}

/** A trial that is like another one gives the same result, and is not run. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const first = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = JSON.stringify(candidate.values);
    if (!first.has(key)) first.set(key, candidate);
  }
  return [...first.values()];
}

/** The product of all values, the last dimension changing fastest; never cut, because what is cut would be a choice. */
function gridOf(dimensions: readonly CheckedDimension[], trials: number, { locate }: SpaceSource): Values[] {
  let points: Values[] = [{}];
  for (const { path, checked, place, written } of dimensions) {
    const values = gridValues(checked);
    if (!values) {
      throw new MdctrError('MDCTR_SEARCH_DIMENSION', {
        what: 'A grid has no numbers of this range.',
        ...place,
        expected: '"points", "step" or "values"',
        found: written,
        hint: 'Say how many numbers it has, e.g. "points": 3; random search and halving take the range as it is.',
      });
    }
    points = points.flatMap((point) => values.map((value) => ({ ...point, [path]: value })));
  }
  if (points.length <= trials) return points;
  const sizes = dimensions.map(({ checked }) => gridValues(checked)!.length).join(' x ');
  throw new MdctrError('MDCTR_SEARCH_GRID', {
    what: 'The grid has more points than tuning trials.',
    ...(locate && { at: locate(['search', 'trials']) }),
    path: 'search.trials',
    expected: `${points.length} or more, for ${sizes} points`,
    found: String(trials),
    hint: 'Allow more trials, take values out, or draw them: "kind": "random".',
  });
}
