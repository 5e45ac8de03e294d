import { MdctrError, nearest, type DocumentPath, type SourceLocation, type UnitConfig } from '@mdctr/core';
import { matchBudget, type BudgetMatch } from './match-budget.js';
import { measureModel, type MeasuredModel } from './measure-model.js';
import type { BudgetOptions } from './options.js';

interface Method {
  readonly label: string;
  readonly plugins: readonly UnitConfig[];
}

/**
 * The method that the others are made to match.
 * @param locate the place of a value in the config
 * @throws MdctrError MDCTR_BUDGET_METHOD where no method has the label, or there is no baseline.
 */
export function budgetMethod<M extends Method>(
  { as }: BudgetOptions,
  methods: readonly M[],
  locate?: (path: DocumentPath) => SourceLocation,
): M {
  const found = methods.find(({ label, plugins }) => (as === undefined ? plugins.length === 0 : label === as));
  if (found) return found;
  const labels = methods.map(({ label }) => label);
  const near = as === undefined ? undefined : nearest(as, labels);
  throw new MdctrError('MDCTR_BUDGET_METHOD', {
    what:
      as === undefined
        ? 'There is no baseline whose budget the methods could have.'
        : `No method has the label "${as}", whose budget the others are to have.`,
    ...(locate && { at: locate(['budget', 'as']) }),
    path: 'budget.as',
    expected: `one of ${labels.join(', ')}`,
    hint: near ? `Did you mean "${near}"?` : 'Name a method of the study.',
  });
}

/**
 * Brings every method on one backbone to the budget of one of them, which keeps the backbone as it is.
 * @returns by place of the method
 * @throws MdctrError MDCTR_BUDGET_METHOD; what building a model throws.
 */
export function matchMethods(
  options: BudgetOptions,
  methods: readonly Method[],
  model: Omit<MeasuredModel, 'plugins'>,
): BudgetMatch[] {
  const { same: by, tolerance } = options;
  const given = budgetMethod(options, methods);
  const cost = measureModel({ ...model, plugins: given.plugins });
  return methods.map((method) => {
    if (method === given) return { backbone: model.backbone, factor: 1, cost, relativeError: 0, reached: true };
    return matchBudget({ ...model, plugins: method.plugins, by, target: cost[by], tolerance });
  });
}
