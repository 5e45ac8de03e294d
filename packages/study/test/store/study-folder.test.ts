import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrialResult } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import { planStudy } from '../../src/plan/plan-study.js';
import { StudyFolder, writeResult } from '../../src/store/study-folder.js';
import type { TrialOutcome } from '../../src/trial/outcome.js';
import { config } from '../small-grid.js';

const { trials } = planStudy(config);
const identity = { seeds: [1, 2], data: 'abc', threads: 2 };
const place = (): string => join(mkdtempSync(join(tmpdir(), 'mdctr-study-')), 'results');
const result = (seed: number): TrialOutcome => ({ lines: [{ seed } as TrialResult] });
const failure = { backbone: 'dnn', method: 'plain', seed: 1, code: null, reason: 'no', seconds: 1 };

describe('the folder of a study', () => {
  it('gives back what was recorded, and forgets failures when they are to be retried', async () => {
    const directory = place();
    const folder = await StudyFolder.open(directory, identity);
    await writeResult(folder.folderOf(trials[1]!), result(2));
    await folder.record(trials[0]!, { outcome: { failure }, stack: 'a stack' });
    await folder.release();
    const again = await StudyFolder.open(directory, identity);
    expect(again.createdAt).toBe(folder.createdAt);
    expect(await again.outcomes(trials)).toEqual(
      new Map([
        [1, result(2)],
        [0, { failure }],
      ] as const),
    );
    await again.release();
    const retried = await StudyFolder.open(directory, identity, { retryFailed: true });
    expect(await retried.outcomes(trials)).toEqual(new Map([[1, result(2)]]));
    await retried.release();
    expect(readdirSync(directory).sort()).toEqual(['study.lock.json', 'trials']);
    expect(await StudyFolder.threadsOf(directory)).toBe(2);
  });

  it.each([
    ['seeds[1]', { ...identity, seeds: [1, 3] }],
    ['data', { ...identity, data: 'abd' }],
    ['threads', { ...identity, threads: 1 }],
  ])('is not taken for a study that differs in %s', async (path, other) => {
    const directory = place();
    await (await StudyFolder.open(directory, identity)).release();
    await expect(StudyFolder.open(directory, other)).rejects.toThrow(`${path} differs`);
    await expect(StudyFolder.look(directory, other, trials)).rejects.toThrow('MDCTR_STUDY_MISMATCH');
    expect(existsSync(join(directory, 'running.json'))).toBe(false);
  });

  it('with fresh loses what a study wrote and what broken-off writes left, and nothing else', async () => {
    const directory = place();
    const folder = await StudyFolder.open(directory, identity);
    const trialFolder = folder.folderOf(trials[0]!);
    await writeResult(trialFolder, result(1));
    await mkdir(join(`${trialFolder}.partial`, 'epoch-1-step-2'), { recursive: true });
    await folder.release();
    const more = ['mine.txt', 'results.json', 'table.md', 'results.json.77.tmp', 'mine.77.tmp'];
    for (const name of more) writeFileSync(join(directory, name), 'x');
    for (const name of ['scores.f32', 'scores.adapted.f32', 'result.json.77.tmp', 'notes.md']) {
      writeFileSync(join(trialFolder, name), 'x');
    }
    const fresh = await StudyFolder.open(directory, { other: true }, { fresh: true });
    expect(await fresh.outcomes(trials)).toEqual(new Map());
    await fresh.release();
    const left = (readdirSync(directory, { recursive: true }) as string[]).filter((name) => /\./.test(name)).sort();
    const notes = join('trials', 'dnn', 'plain', 'seed-1', 'notes.md');
    expect(left).toEqual(['mine.77.tmp', 'mine.txt', 'study.lock.json', notes]);
  });

  it('is taken once the processes have ended that worked there, and says which do now', async () => {
    const directory = place();
    await mkdir(directory, { recursive: true });
    const mark = (pid: number, host = hostname()): void =>
      writeFileSync(join(directory, 'running.json'), JSON.stringify({ host, pid: 0x7ffffffe, workers: [pid] }));
    mark(0x7fffffff);
    await (await StudyFolder.open(directory, identity)).release();
    mark(process.ppid, 'another machine');
    const folder = await StudyFolder.open(directory, identity);
    await folder.workplace.setWorkers([5, 6]);
    expect(JSON.parse(readFileSync(join(directory, 'running.json'), 'utf8'))).toMatchObject({ workers: [5, 6] });
    await folder.release();
  });

  it('names a file that it cannot read', async () => {
    const directory = place();
    const folder = await StudyFolder.open(directory, identity);
    await writeResult(folder.folderOf(trials[0]!), result(1));
    writeFileSync(join(folder.folderOf(trials[0]!), 'result.json'), '{"lines":');
    await expect(folder.outcomes(trials)).rejects.toThrow('MDCTR_STUDY_DAMAGED');
    await folder.release();
  });
});
