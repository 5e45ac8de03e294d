import { formatCount, alignCells, columnWidths } from '@mdctr/base';
import type { PlanFacts, StudyPlan } from '@mdctr/study';
import { duration } from '../../terminal/progress.js';

/** The plan for a terminal. */
export function planText(plan: StudyPlan, facts: PlanFacts): string {
  const { trials, finished, failed, toResume, toRun, parallel, threads, secondsEstimated, models, tuning, baselines } =
    facts;
  const seeds = plan.trials.filter(({ model }) => model === 0).length;
  const folds = new Set(models.flatMap(({ fold }) => fold ?? [])).size;
  const cells = new Set(models.map(({ setting, backbone, method }) => JSON.stringify([setting, backbone, method])))
    .size;
  const settings = models.some(({ setting }) => setting !== undefined);
  const rows = models.map(({ setting = '', backbone, method, fold, parameters, secondsEstimated: seconds }) => [
    ...(settings ? [setting] : []),
    backbone,
    method,
    ...(folds > 0 ? [fold === undefined ? '' : String(fold)] : []),
    parameters === null ? '?' : formatCount(parameters),
    seconds === null ? '?' : duration(seconds),
  ]);
  const table = [
    [...(settings ? ['setting'] : []), 'backbone', 'method', ...(folds > 0 ? ['fold'] : []), 'parameters', 'a trial'],
    ...rows,
  ];
  const widths = columnWidths(table);
  const lines = table.map((cells) => alignCells(cells, widths, (column) => column >= widths.length - 2));
  const before = [
    ...(finished > 0 ? [`${finished} finished before`] : []),
    ...(failed > 0 ? [`${failed} failed before (--retry-failed runs them again)`] : []),
    ...(toResume > 0 ? [`${toResume} to go on from a checkpoint`] : []),
  ];
  const counts = [`${cells} models`, `${seeds} seed${seeds > 1 ? 's' : ''}`, ...(folds > 0 ? [`${folds} folds`] : [])];
  const side =
    parallel > 1 ? `, ${parallel} at a time with ${threads ?? '?'} thread${threads === 1 ? '' : 's'} each` : '';
  const time = secondsEstimated === null ? '' : `, about ${duration(secondsEstimated)} if none stops early`;
  const work = [
    ...(baselines > 0 ? [`${baselines} baseline${baselines > 1 ? 's' : ''}`] : []),
    ...(tuning > 0 ? [`${tuning} of tuning`] : []),
    ...(toRun + tuning > 0 ? [`${toRun}${side}${time}`] : []),
  ];
  return [
    ...lines,
    `Plan: ${trials} trials (${counts.join(', ')})${before.map((part) => `, ${part}`).join('')}.`,
    toRun + tuning + baselines === 0 ? 'Nothing is left to run.' : `To run: ${work.join(', then ')}.`,
  ].join('\n');
}
