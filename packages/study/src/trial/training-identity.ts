import type { TrainingIdentity } from '@mdctr/training';
import type { TrialConfig } from '../config/types.js';

/**
 * What a checkpoint must agree on with the training that goes on from it: everything in the config that decides about the
 * weights, and facts about data and machine. The data's options count by what they made of the data, names and paths
 * not at all.
 */
export function trainingIdentity(
  config: Pick<TrialConfig, 'embedding' | 'backbone' | 'plugins' | 'seed' | 'training'>,
  facts: Readonly<Record<string, unknown>>,
): TrainingIdentity {
  const { embedding, backbone, plugins, seed, training } = config;
  const deciding = { ...training, checkpoint: undefined, limits: undefined };
  const identity = { embedding, backbone, plugins, training: deciding, seed, ...facts };
  return JSON.parse(JSON.stringify(identity)) as TrainingIdentity;
}
