export * from './artifact/load.js';
export * from './artifact/save.js';
export { auc } from './metrics/auc.js';
export * from './metrics/evaluate.js';
export { logLoss } from './metrics/log-loss.js';
export { TrainingOptions } from './options.js';
export * from './predict.js';
export { lossContext, plainStep, stepContext } from './step.js';
export * from './train.js';
