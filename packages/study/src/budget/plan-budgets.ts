import { type ConfigDocument } from '@mdctr/config';
import { MdctrError, itemAt } from '@mdctr/base';
import type { BudgetResult } from '@mdctr/report';
import type { StudyConfig, StudySetting } from '../config/types.js';
import { withModels } from '../plan/plan-study.js';
import type { SettingModel, StudyPlan } from '../plan/types.js';
import type { BudgetMatch } from './match-budget.js';
import type { BudgetOptions } from './options.js';

/** A model whose widths are to change, and the one that it is to match. */
export interface BudgetTask {
  /** Place in the plan. */
  readonly model: number;
  readonly candidate: SettingModel;
  readonly reference: SettingModel;
  readonly options: BudgetOptions;
}

/** What was found for a task. */
export interface BudgetAnswer {
  readonly match: BudgetMatch;
  readonly target: number;
}

/** The models of settings with a budget, but for those that give it. */
export function planBudgets(config: StudyConfig, plan: StudyPlan): BudgetTask[] {
  return plan.models.flatMap((candidate, model): BudgetTask[] => {
    const { budget: options } = itemAt(config.settings, candidate.setting);
    if (!options) return [];
    const { backbone, method } = candidate.cell;
    const as = options.as ?? plan.baseline;
    const reference = plan.models.find(
      ({ setting, cell }) => setting === candidate.setting && cell.backbone === backbone && cell.method === as,
    );
    return method === as ? [] : [{ model, candidate, reference: reference!, options }];
  });
}

/** The plan with what was found, and how near it came. */
export function withBudgets(
  plan: StudyPlan,
  tasks: readonly BudgetTask[],
  answers: readonly BudgetAnswer[],
): { plan: StudyPlan; budgets: BudgetResult[] } {
  const models = [...plan.models];
  const budgets = tasks.map(({ model, options }, i): BudgetResult => {
    const { match, target } = itemAt(answers, i);
    models[model] = { ...itemAt(models, model), backbone: match.backbone };
    const { name: _, ...changed } = match.backbone;
    return {
      ...itemAt(plan.models, model).cell,
      ...{ same: options.same, as: options.as ?? plan.baseline!, target },
      ...{ cost: match.cost[options.same], factor: match.factor, reached: match.reached, options: changed },
    };
  });
  return { plan: withModels(plan, models), budgets };
}

/**
 * Refuses a budget of a method that is not there, and one whose widths a search would change again.
 * @throws MdctrError MDCTR_BUDGET_METHOD, MDCTR_BUDGET_SEARCHED.
 */
export function checkBudget(
  { methods }: Pick<StudyConfig, 'methods'>,
  { budget, search }: StudySetting,
  document: ConfigDocument,
): void {
  if (!budget) return;
  const labels = methods.map(({ label }) => label);
  const known =
    budget.as === undefined ? methods.some(({ plugins }) => plugins.length === 0) : labels.includes(budget.as);
  if (!known) {
    throw new MdctrError('MDCTR_BUDGET_METHOD', {
      what: 'No method of the study gives the budget.',
      at: document.locate(['budget', 'as']),
      path: 'budget.as',
      expected: `one of ${labels.join(', ')}`,
      found: budget.as ?? 'no "as", and no method without plugins',
      hint: 'Name one of the study’s methods.',
    });
  }
  const searched = Object.keys(search?.space ?? {}).find((path) => path.startsWith('backbone.'));
  if (searched === undefined) return;
  throw new MdctrError('MDCTR_BUDGET_SEARCHED', {
    what: 'The search would change the network that the budget has sized.',
    at: document.locate(['search', 'space', searched]),
    path: `search.space["${searched}"]`,
    hint: 'Search over the training in a setting with a budget, and over the backbone in another.',
  });
}
