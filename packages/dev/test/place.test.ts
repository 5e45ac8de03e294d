import { expect, it } from 'vitest';
import { frameIn } from '../src/check-process/place.js';

it('takes the innermost frame of a stack in the files, and no place that the message has', () => {
  const stack = [
    'Error: it failed',
    '  at        /a/study.json:3:5',
    '  thrown    /a/x.ts:31:34',
    '    at add (file:///lib/ops.js:1:1)',
    '    at Scaled.factor (file:///a/x.ts:6:47)',
    '    at /a/x.ts:31:34',
  ].join('\n');
  expect(frameIn(stack, new Set(['/a/x.ts', '/a/study.json']))).toBe('/a/x.ts:6:47');
  expect(frameIn('Error: no\n    at async file:///a/x.ts:7:1', new Set(['/a/x.ts']))).toBe('/a/x.ts:7:1');
  expect(frameIn(stack, new Set(['/b.ts']))).toBeUndefined();
});
