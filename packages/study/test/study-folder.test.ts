import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrialResult } from '@mdctr/report';
import { describe, expect, it } from 'vitest';
import { planStudy } from '../src/running/plan.js';
import { runTrials } from '../src/running/run-trials.js';
import { StudyFolder, writeResult } from '../src/running/study-folder.js';
import type { TrialOutcome } from '../src/running/outcome.js';
import type { StudyConfig } from '../src/config.js';

const config = {
  backbones: [{ name: 'dnn' }, { name: 'dnn', hiddenUnits: [8] }],
  methods: [
    { label: 'plain', plugins: [] },
    { label: 'A+B', plugins: [{ name: 'a' }] },
    { label: 'a b', plugins: [{ name: 'b' }] },
  ],
  seeds: [1, 2],
  settings: [{}],
} as unknown as StudyConfig;
const { trials, models, baseline } = planStudy(config);
const identity = { seeds: [1, 2], data: 'abc', threads: 2 };
const place = (): string => join(mkdtempSync(join(tmpdir(), 'mdctr-study-')), 'results');
const result = (seed: number): TrialOutcome => ({ lines: [{ seed } as TrialResult] });
const failure = { backbone: 'dnn', method: 'plain', seed: 1, code: null, reason: 'no', seconds: 1 };

describe('a plan', () => {
  it('runs the whole grid under each setting, with what the setting says', () => {
    const settings = [
      { label: '1 domain', training: { epochs: 1 } },
      { label: '2 domains', training: { epochs: 2 } },
    ];
    const plan = planStudy({ ...config, settings } as unknown as StudyConfig);
    expect(plan.trials).toHaveLength(24);
    expect(plan.models).toHaveLength(12);
    expect(plan.trials[12]).toMatchObject({
      cell: { setting: '2 domains', backbone: 'dnn', method: 'plain', seed: 1 },
      training: { epochs: 2 },
      setting: 1,
      folder: join('trials', '2-domains', 'dnn', 'plain', 'seed-1'),
    });
    expect(new Set(plan.trials.map(({ folder }) => folder)).size).toBe(24);
  });

  it('has every backbone with every method and seed, in order, each with a folder of its own', () => {
    expect(trials).toHaveLength(12);
    expect(models).toHaveLength(6);
    expect(baseline).toBe('plain');
    expect(trials.map(({ index }) => index)).toEqual(trials.map((_, i) => i));
    expect(trials[3]!.cell).toEqual({ backbone: 'dnn', method: 'A+B', seed: 2 });
    expect(trials[5]!.folder).toBe(join('trials', 'dnn', 'a-b-2', 'seed-2'));
    expect(trials[6]!.cell.backbone).toBe('dnn#2');
    expect(trials.filter(({ model }) => model === 4).map(({ plugins }) => plugins)).toEqual([
      [{ name: 'a' }],
      [{ name: 'a' }],
    ]);
    expect(new Set(trials.map(({ folder }) => folder)).size).toBe(12);
  });
});

describe('the folder of a study', () => {
  it('gives back what was recorded, and forgets failures when they are to be retried', async () => {
    const directory = place();
    const folder = await StudyFolder.open(directory, identity);
    await writeResult(folder.folderOf(trials[1]!), result(2));
    await folder.recordFailure(trials[0]!, failure, 'a stack');
    await folder.release();
    const again = await StudyFolder.open(directory, identity);
    expect(again.createdAt).toBe(folder.createdAt);
    expect(await again.outcomes(trials)).toEqual(
      new Map([
        [1, result(2)],
        [0, { failure }],
      ] as const),
    );
    expect(await again.outcomes(trials, { retryFailed: true })).toEqual(new Map([[1, result(2)]]));
    await again.release();
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
    const own = folder.folderOf(trials[0]!);
    await writeResult(own, result(1));
    await mkdir(join(`${own}.partial`, 'epoch-1-step-2'), { recursive: true });
    await folder.release();
    const more = ['mine.txt', 'results.json', 'table.md', 'results.json.77.tmp', 'mine.77.tmp'];
    for (const name of more) writeFileSync(join(directory, name), 'x');
    for (const name of ['scores.f32', 'scores.adapted.f32', 'result.json.77.tmp', 'notes.md']) {
      writeFileSync(join(own, name), 'x');
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
    await folder.mark.setWorkers([5, 6]);
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

describe('runTrials', () => {
  it('runs each trial once, some side by side, and waits for what is done with an outcome', async () => {
    let [running, most] = [0, 0];
    const ran: number[] = [];
    const runner = {
      run: async ({ index }: { index: number }): Promise<TrialOutcome> => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
        ran.push(index);
        return result(index);
      },
    };
    const seen: number[] = [];
    await runTrials(trials, [runner, runner, runner], ({ index }) => void seen.push(index));
    expect(most).toBe(3);
    expect(ran.sort((a, b) => a - b)).toEqual(trials.map(({ index }) => index));
    expect(seen).toHaveLength(12);
  });

  it('begins no other trial once one rejects, and lets those that run end', async () => {
    const ended: number[] = [];
    const runner = {
      run: async ({ index }: { index: number }): Promise<TrialOutcome> => {
        if (index === 1) throw new Error('full disk');
        await new Promise((resolve) => setTimeout(resolve, 5));
        return result(index);
      },
    };
    const run = runTrials(trials, [runner, runner], ({ index }) => void ended.push(index));
    await expect(run).rejects.toThrow('full disk');
    expect(ended).toEqual([0]);
  });
});
