import type { Figure } from '@mdctr/report/figures';
import type { ReportModel } from '../model/report-model.js';

/** Draws the figures of one kind that a study has numbers for. */
export type FigureMaker = (model: ReportModel) => Figure[];
