import { Type } from 'typebox';

/** The option that every kind of optimizer has, with the default of its kind. */
export const learningRate = (value: number) =>
  Type.Number({ exclusiveMinimum: 0, default: value, description: 'Learning rate.' });
