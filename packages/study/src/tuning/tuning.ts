import { itemAt } from '@mdctr/base';
import { join } from 'node:path';
import type { TuningResult, TriedTrial } from '@mdctr/report';
import { applyValues, type TrialScore } from '@mdctr/search';
import type { StudyConfig } from '../config/types.js';
import { withModels } from '../plan/plan-study.js';
import type { StudyPlan, TuningTrial } from '../plan/types.js';
import { type TrialOutcome, hasFailed } from '../trial/outcome.js';
import { type ModelSearch, openSearches } from './open-searches.js';

/** The searches of a study: one for each model in a setting that has a search. They run before the study's own trials. */
export class Tuning {
  private readonly searches: readonly ModelSearch[];
  /** How tuning trials ended, by model. */
  private readonly ended = new Map<number, { trial: TuningTrial; outcome: TrialOutcome }[]>();
  /** None of the study's: no method is chosen by the luck of the seeds that it is then compared with. */
  private readonly seed: number;

  constructor(
    private readonly config: StudyConfig,
    private readonly plan: StudyPlan,
  ) {
    this.searches = openSearches(config, plan);
    this.seed = 1 + Math.max(...config.seeds);
  }

  /** Trials that are still to come, if none fails, and what they amount to by model: trials of the study's own length. */
  get left(): { readonly trials: number; readonly work: ReadonlyMap<number, number> } {
    let trials = 0;
    const work = new Map<number, number>();
    for (const modelSearch of this.searches) {
      if (modelSearch.search.next(this.scoresOf(modelSearch)).done) continue;
      const { epochs } = itemAt(this.plan.models, modelSearch.model).training;
      for (const [place, rung] of modelSearch.search.rungs.entries()) {
        const ended = this.scoresOf(modelSearch).filter((score) => score.rung === place).length;
        trials += rung.trials - ended;
        work.set(
          modelSearch.model,
          (work.get(modelSearch.model) ?? 0) + ((rung.trials - ended) * rung.epochs) / epochs,
        );
      }
    }
    return { trials, work };
  }

  /** The trials that are to be run now, of all searches; none where all have come to their end. */
  next(): TuningTrial[] {
    const due = this.searches.flatMap((modelSearch) => {
      const step = modelSearch.search.next(this.scoresOf(modelSearch));
      return step.done ? [] : step.run.map((request) => this.trialOf(modelSearch, request));
    });
    return due.map((trial, index) => ({ ...trial, index }));
  }

  record(trial: TuningTrial, outcome: TrialOutcome): void {
    const list = this.ended.get(trial.model) ?? [];
    this.ended.set(trial.model, [...list, { trial, outcome }]);
  }

  /** The plan with what the searches found; a model whose tuning trials all failed stays as it is, and is named. */
  tuned(): { readonly plan: StudyPlan; readonly failed: readonly number[] } {
    const models = [...this.plan.models];
    const failed: number[] = [];
    for (const modelSearch of this.searches) {
      const step = modelSearch.search.next(this.scoresOf(modelSearch));
      if (!step.done) throw new RangeError('The tuning has not come to its end.');
      if (!step.best) failed.push(modelSearch.model);
      else
        models[modelSearch.model] = {
          ...itemAt(models, modelSearch.model),
          ...applyValues(modelSearch.parts, step.best.values),
        };
    }
    return { plan: withModels(this.plan, models), failed };
  }

  /** Everything that was tried so far, for results.json. */
  results(): TuningResult[] {
    return this.searches.map((modelSearch): TuningResult => {
      const step = modelSearch.search.next(this.scoresOf(modelSearch));
      const best = step.done ? step.best : null;
      const tried = (this.ended.get(modelSearch.model) ?? []).map(({ trial, outcome }): TriedTrial => {
        const { number, rung } = trial.tuning;
        const values = modelSearch.search.candidates.find((one) => one.number === number)!.values;
        const facts = { number, rung, epochs: trial.training.epochs, values };
        return hasFailed(outcome)
          ? { ...facts, score: null, testPasses: 0, failure: outcome.failure.reason }
          : { ...facts, score: outcome.score ?? null, testPasses: outcome.lines[0].testPasses };
      });
      return {
        ...itemAt(this.plan.models, modelSearch.model).cell,
        ...{ kind: modelSearch.kind, metric: modelSearch.metric },
        trials: tried.sort((a, b) => a.rung - b.rung || a.number - b.number),
        best: best && { number: best.number, values: best.values, score: best.score },
      };
    });
  }

  private scoresOf({ model }: ModelSearch): TrialScore[] {
    return (this.ended.get(model) ?? []).map(({ trial: { tuning }, outcome }) => {
      return { number: tuning.number, rung: tuning.rung, score: hasFailed(outcome) ? null : (outcome.score ?? null) };
    });
  }

  private trialOf(
    modelSearch: ModelSearch,
    { number, rung, epochs, values }: { number: number; rung: number; epochs: number; values: TriedTrial['values'] },
  ): TuningTrial {
    const model = itemAt(this.plan.models, modelSearch.model);
    const changed = applyValues(modelSearch.parts, values);
    return {
      ...model,
      ...changed,
      training: { ...changed.training, epochs },
      index: 0,
      model: modelSearch.model,
      seed: this.seed,
      cell: { ...model.cell, seed: this.seed },
      folder: join(modelSearch.folder, `rung-${rung + 1}`, `trial-${number + 1}`),
      tuning: { number, rung, metric: modelSearch.metric },
    };
  }
}
