import type { ReportModel } from '../model/model.js';
import { bucketFigure } from './bucket-figure.js';
import { bySetting } from './by-setting.js';
import { calibrationFigure } from './calibration-figure.js';
import { costFigure } from './cost-figure.js';
import { curveFigure } from './curve-figure.js';
import { domainFigure } from './domain-figure.js';
import type { Figure, FigureMaker } from './figure.js';
import { gainFigure } from './gain-figure.js';
import { mapFigures } from './map-figure.js';
import { ownNetworkFigure } from './own-network-figure.js';
import { realisedFigures } from './realised-figure.js';
import { settingFigure } from './setting-figure.js';
import { similarityFigures } from './similarity-figures.js';

const MAKERS: readonly FigureMaker[] = [
  settingFigure,
  ...[gainFigure, domainFigure, bucketFigure, ownNetworkFigure, curveFigure, realisedFigures].map(bySetting),
  mapFigures,
  ...[similarityFigures, costFigure, calibrationFigure].map(bySetting),
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
