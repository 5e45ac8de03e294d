import type { DocumentPath } from '@mdctr/config';
import type { UnitConfig } from '@mdctr/core';
import { type MeasuredModel, type ModelCost, measureModel } from './measure-model.js';
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
 * Scales all widths of a backbone by one factor, so that the model comes as near to the target as whole units allow. The cost
 * grows with the factor, in steps, so that the target can be closed in on from both sides.
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
/** No network is made wider than by this. Only one without widths gets there. */
const MOST = 2 ** 10;
/** Least share of an interval of factors (in the logarithm) that one step of the search takes off. */
const LEAST_STEP = 0.05;

/** The widest network within the target and the next wider one; one of them twice where there is no other. */
function neighbours(at: (factor: number) => Point, by: keyof ModelCost, target: number): [Point, Point] {
  const first = at(1);
  let [narrow, wide] = [first, first];
  while (narrow.cost[by] > target) {
    wide = narrow;
    narrow = at(narrow.factor / 2);
    if (narrow.key === wide.key) return [narrow, wide]; // every width is 1
  }
  while (wide.cost[by] < target) {
    narrow = wide;
    // Cost grows by the square of the factor at most. Far too wide a network might not fit into memory.
    const missing = Math.sqrt(target / wide.cost[by]);
    wide = at(wide.factor * Math.min(2, 1.1 * missing));
    if (wide.factor > MOST) return narrow.key === first.key ? [first, first] : [narrow, narrow];
  }
  while (wide.factor / narrow.factor > NEAR) {
    if (narrow.cost[by] === target) return [narrow, narrow];
    // As if cost were a power of the factor: fewer networks have to be built than by halves.
    const share = Math.log(target / narrow.cost[by]) / Math.log(wide.cost[by] / narrow.cost[by]);
    const step = Math.min(1 - LEAST_STEP, Math.max(LEAST_STEP, share));
    const middle = at(narrow.factor * (wide.factor / narrow.factor) ** step);
    if (middle.cost[by] <= target) narrow = middle;
    else wide = middle;
  }
  return [narrow, wide];
}
