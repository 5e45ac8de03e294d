import { alignCells, columnWidths } from '@mdctr/base';
import { MAIN_METRIC } from '@mdctr/metrics';
import { mainValue, type CellKey } from '@mdctr/report';
import { hasFailed, type StudyPlan } from '@mdctr/study';
import { barOf, duration } from '../../terminal/progress.js';
import type { StudyState } from './study-state.js';

const HEADINGS = ['backbone', 'method', 'finished', MAIN_METRIC.label, 'now'];

interface Line {
  readonly cells: readonly string[];
  readonly running: boolean;
}

/** The live table: counts and time left, then a line for each cell of the grid. Where they are too many, those that run. */
export function liveTable(state: StudyState, secondsLeft: number | undefined, height: number): string[] {
  const left = secondsLeft === undefined ? '' : `  ${duration(secondsLeft)} left`;
  const head = `${barOf(state.share)}  ${state.summary()}${left}`;
  const all = linesOf(state);
  const free = height - 2;
  const shown = all.length <= free ? all : all.filter(({ running }) => running).slice(0, free);
  const settings = state.plan.trials.some(({ cell }) => cell.setting !== undefined);
  const headings = [...(settings ? ['setting'] : []), ...HEADINGS];
  const rows = [headings, ...shown.map(({ cells }) => cells)];
  const widths = columnWidths(rows);
  return [head, ...rows.map((cells) => alignCells(cells, widths))];
}

/** The cells of the grid, each with the places of its models: one for each fold. */
function cellsOf(models: StudyPlan['models']): (CellKey & { readonly models: number[] })[] {
  const cells = new Map<string, CellKey & { readonly models: number[] }>();
  for (const [place, { cell }] of models.entries()) {
    const { setting, backbone, method } = cell;
    const key = JSON.stringify([setting, backbone, method]);
    const known = cells.get(key);
    if (known) known.models.push(place);
    else cells.set(key, { ...cell, models: [place] });
  }
  return [...cells.values()];
}

function linesOf({ plan, outcomes, running }: StudyState): Line[] {
  return cellsOf(plan.models).flatMap(({ setting, backbone, method, models }) => {
    const trials = plan.trials.filter((trial) => models.includes(trial.model));
    if (trials.length === 0) return []; // in a round of tuning
    const ended = trials.flatMap(({ index }) => outcomes.get(index) ?? []);
    const failed = ended.filter(hasFailed).length;
    const values = ended.flatMap((outcome) => (hasFailed(outcome) ? [] : (mainValue(outcome.lines[0]) ?? [])));
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    const now = trials.flatMap(({ index }) => running.get(index) ?? []);
    const status = now.map(({ run, share, status }) => `${run}: ${Math.floor(share * 100)}% ${status}`.trim());
    return {
      cells: [
        ...(setting === undefined ? [] : [setting]),
        backbone,
        method,
        `${ended.length - failed}/${trials.length}${failed > 0 ? `, ${failed} failed` : ''}`,
        values.length === 0 ? '' : mean.toFixed(MAIN_METRIC.decimals),
        status.join('; '),
      ],
      running: now.length > 0,
    };
  });
}
