/**
 * The ten promises that every method must keep. At least one public implementation breaks each of them. Checks refer to
 * them by number.
 */
export const PROMISES = {
  1: 'A row’s prediction does not depend on its batch mates in evaluation.',
  2: 'Training on a domain changes only shared parameters and that domain’s own.',
  3: 'Every trainable parameter gets a gradient.',
  4: 'Removing the plugin restores the backbone bit for bit.',
  5: 'The plugin starts at the identity where the method allows it.',
  6: 'Logits can be negative.',
  7: 'Evaluation changes no state.',
  8: 'Saving and loading includes schedules and every other state that training goes on from.',
  9: 'Renaming domains permutes outputs.',
  10: 'Prediction, evaluation and the saved model give the same numbers.',
} as const;

export type PromiseNumber = keyof typeof PROMISES;
