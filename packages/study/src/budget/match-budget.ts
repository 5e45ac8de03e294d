import type { DocumentPath, UnitConfig } from '@mdctr/core';
import { measureModel, type MeasuredModel, type ModelCost } from './measure-model.js';
import { scaleWidths, widthOptions } from './widths.js';

export interface BudgetRequest extends MeasuredModel {
  readonly by: keyof ModelCost;
  /** What the model is to have: parameters, or operations for a row. */
  readonly target: number;
  /** Largest relative difference that counts as reached. */
  readonly tolerance: number;
  /** Options of the backbone that are scaled; by default those whose schema has `width: true`. */
  readonly widths?: readonly DocumentPath[];
}

export interface BudgetMatch {
  /** The backbone with its widths changed. */
  readonly backbone: UnitConfig;
  /** What the widths were multiplied by, before rounding. */
  readonly factor: number;
  readonly cost: ModelCost;
  /** (reached - target) / target. */
  readonly relativeError: number;
  /** Whether it is within the tolerance. Where it is not, the backbone is still the nearest that there is. */
  readonly reached: boolean;
}

/**
 * Scales all widths of a backbone by one factor, so that the model comes as near to the target as whole units allow. Found by
 * bisection: the cost grows with the factor, in steps.
 * @throws MdctrError what building a model throws.
 */
export function matchBudget({ by, target, tolerance, widths, ...model }: BudgetRequest): BudgetMatch {
  const { backbone, registry } = model;
  const scaled = widths ?? widthOptions(registry.get('backbone', backbone.name).options);
  const tried = new Map<string, ModelCost>();
  const at = (factor: number): Point => {
    const changed = scaleWidths(backbone, scaled, factor);
    const key = JSON.stringify(changed);
    const cost = tried.get(key) ?? measureModel({ ...model, backbone: changed });
    tried.set(key, cost);
    return { factor, backbone: changed, key, cost };
  };
  const [narrow, wide] = neighbours(at, by, target);
  const errorOf = ({ cost }: Point): number => (cost[by] - target) / target;
  const best = Math.abs(errorOf(narrow)) <= Math.abs(errorOf(wide)) ? narrow : wide;
  const relativeError = errorOf(best);
  const { factor, cost } = best;
  return { backbone: best.backbone, factor, cost, relativeError, reached: Math.abs(relativeError) <= tolerance };
}

interface Point {
  readonly factor: number;
  readonly backbone: UnitConfig;
  readonly key: string;
  readonly cost: ModelCost;
}

/** Factors this near to one another round to the same widths, or to neighbours, of any network that fits a machine. */
const NEAR = 1 + 1e-9;

/** The widest network within the target and the next wider one; one of them twice where there is no other. */
function neighbours(at: (factor: number) => Point, by: keyof ModelCost, target: number): [Point, Point] {
  let narrow = at(1);
  let wide = narrow;
  while (narrow.cost[by] > target) {
    wide = narrow;
    narrow = at(narrow.factor / 2);
    if (narrow.key === wide.key) return [narrow, wide]; // every width is 1
  }
  while (wide.cost[by] <= target) {
    narrow = wide;
    wide = at(wide.factor * 2);
    if (wide.cost[by] === narrow.cost[by]) return [narrow, narrow]; // widths change nothing
  }
  while (wide.factor / narrow.factor > NEAR) {
    const middle = at(Math.sqrt(narrow.factor * wide.factor));
    if (middle.cost[by] <= target) narrow = middle;
    else wide = middle;
  }
  return [narrow, wide];
}
