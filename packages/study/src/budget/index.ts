export { answerBudget } from './answer-budget.js';
export { BudgetOptions } from './options.js';
export { matchBudget, type BudgetMatch, type BudgetRequest } from './match-budget.js';
export { measureModel, type MeasuredModel, type ModelCost } from './measure-model.js';
export * from './plan-budgets.js';
export { scaleWidths, widthOptions } from './widths.js';
