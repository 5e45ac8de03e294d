import type { Figure } from '@mdctr/report/figures';
import { ANALYSES } from '@mdctr/report';
import type { ReportModel } from '../model/report-model.js';
import { bySetting } from './by-setting.js';
import { calibrationFigure } from './calibration-figure.js';
import { costFigure } from './cost-figure.js';
import { curveFigure } from './curve-figure.js';
import { domainFigure } from './domain-figure.js';
import type { FigureMaker } from './maker.js';
import { gainFigure } from './gain-figure.js';
import { mapFigures } from './map-figure.js';
import { settingFigure } from './setting-figure.js';
import { similarityFigures } from './similarity-figures.js';

/** Of an analysis, for each setting. */
const figuresOfAnalysis = ({ key, figures }: (typeof ANALYSES)[number]): FigureMaker =>
  bySetting((model) => figures?.draw(model, model.analyses[key] ?? []) ?? []);

/** In the order in which a section shows them. */
const MAKERS: readonly FigureMaker[] = [
  settingFigure,
  ...[gainFigure, domainFigure, similarityFigures].map(bySetting),
  ...ANALYSES.map(figuresOfAnalysis),
  bySetting(curveFigure),
  mapFigures,
  ...[costFigure, calibrationFigure].map(bySetting),
];

/** All figures that a study has numbers for; their ids are distinct. */
export function figuresOf(model: ReportModel): Figure[] {
  const seen = new Map<string, number>();
  return MAKERS.flatMap((make) => make(model)).map((figure) => {
    const count = (seen.get(figure.id) ?? 0) + 1;
    seen.set(figure.id, count);
    return count === 1 ? figure : { ...figure, id: `${figure.id}-${count}` };
  });
}
