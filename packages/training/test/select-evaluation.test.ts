import { expect, it } from 'vitest';
import { selectAfter, type Selection } from '../src/loop/select-evaluation.js';

const course = (scores: readonly (number | null)[], minDelta = 0): [number, number] => {
  let selection: Selection | null = null;
  scores.forEach((score, i) => {
    const evaluation = i + 1;
    selection = selectAfter(selection, { evaluation, epoch: 1, step: 10 * evaluation, score }, minDelta);
  });
  const { best, gain } = selection!;
  return [best.evaluation, gain.evaluation];
};

it('the best evaluation is the first of the highest score; patience counts from the last that was better by more than minDelta', () => {
  expect(course([0.5, 0.6, 0.6, 0.55])).toEqual([2, 2]);
  expect(course([0.5, 0.61, 0.7], 0.1)).toEqual([3, 2]); // .7 is only .09 above .61
  expect(course([0.5, 0.55, 0.59], 0.1)).toEqual([3, 1]);
  expect(course([0.5, 0.55, 0.62], 0.1)).toEqual([3, 3]); // small gains add up
});

it('without scores the last evaluation counts; one without one never beats one with', () => {
  expect(course([null, null, null])).toEqual([3, 3]);
  expect(course([null, 0.2])).toEqual([2, 2]);
  expect(course([0.2, null, null])).toEqual([1, 1]);
});
