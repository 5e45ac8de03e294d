import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readScores, writeScores } from '../../src/store/scores-file.js';

it('scores are read as they were written, by variant, and missed by name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-scores-'));
  const scores = Float32Array.of(0.25, 0.5, 1e-7);
  await writeScores(folder, undefined, scores);
  await writeScores(
    folder,
    'adapted',
    scores.map((score) => score / 2),
  );
  expect(readScores(folder, undefined)).toEqual(scores);
  expect(readScores(folder, 'adapted')[1]).toBe(0.25);
  rmSync(join(folder, 'scores.f32'));
  expect(() => readScores(folder, undefined)).toThrow(/MDCTR_STUDY_DAMAGED.*scores\.f32.*is run again/s);
});
