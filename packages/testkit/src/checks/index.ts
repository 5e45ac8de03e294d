import type { Check } from '../check.js';
import { composesWithNothing, keepsTheOrder } from './composition.js';
import { costDoesNotGrow } from './cost.js';
import {
  anySetOfDomains,
  readsOwnParametersOnly,
  renamingPermutesOutputs,
  rowsDoNotSeeEachOther,
  trainsOwnParametersOnly,
} from './domains.js';
import { listsAndNumbers } from './fields.js';
import { everyParameterGetsAGradient } from './gradients/every-parameter.js';
import { finiteDifferences, penaltyDifferences } from './gradients/finite-differences.js';
import { disablingRestoresBackbone, identityAtStart, identityInTraining } from './identity.js';
import { learnsPlantedProblem, logitsOfBothSigns } from './output.js';
import { predictEqualsEvaluate, predictionIgnoresLabels } from './prediction.js';
import { resumesExactly } from './resume.js';
import { anyNumberOfRows, permutingRows } from './rows.js';
import { announcesItsSites } from './sites.js';
import { continuesAfterLoad, determinism, evaluationChangesNothing, noTensorLeak, saveAndLoad } from './state.js';

/** Every check of a model, in the order they run in. */
export const CHECKS: readonly Check[] = [
  announcesItsSites,
  identityAtStart,
  identityInTraining,
  disablingRestoresBackbone,
  finiteDifferences,
  penaltyDifferences,
  everyParameterGetsAGradient,
  rowsDoNotSeeEachOther,
  permutingRows,
  anyNumberOfRows,
  listsAndNumbers,
  trainsOwnParametersOnly,
  readsOwnParametersOnly,
  renamingPermutesOutputs,
  anySetOfDomains,
  logitsOfBothSigns,
  learnsPlantedProblem,
  saveAndLoad,
  continuesAfterLoad,
  resumesExactly,
  evaluationChangesNothing,
  noTensorLeak,
  determinism,
  predictEqualsEvaluate,
  predictionIgnoresLabels,
  costDoesNotGrow,
  composesWithNothing,
  keepsTheOrder,
];
