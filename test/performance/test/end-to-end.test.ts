import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/command.js';
import { endToEndTable, logModule, measureModule, treeModule } from './modules.js';

const MB = 1e6;

function killIfAlive(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

describe('the log', () => {
  const { columns, writeLog } = logModule;
  const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

  it('has the rows, a tenth of them for validation, and a law that can be learned', () => {
    const log = writeLog(temporaryFolder(), { rows: 20_500, domains: 5 });
    const [train, validation] = [lines(log.train), lines(log.validation)];
    expect([train.length, validation.length]).toEqual([18_451, 2_051]);
    expect(log.bytes).toBe(statSync(log.train).size + statSync(log.validation).size);
    expect(train[0]).toBe(columns.join(','));
    expect(columns).toHaveLength(22);
    for (const line of train.slice(1)) expect(line).toMatch(/^[01],d[0-4](,[0-9a-f]{8}){20}$/);
    const clicks = train.filter((line) => line.startsWith('1')).length / train.length;
    expect(clicks).toBeGreaterThan(0.1);
    expect(clicks).toBeLessThan(0.4);
    expect(log.bestAuc).toBeGreaterThan(0.7);
    expect(log.bestAuc).toBeLessThan(0.9);
  });

  it('has fields of few and of many values', () => {
    const rows = lines(writeLog(temporaryFolder(), { rows: 20_000 }).train).slice(1);
    const distinct = (column: number): number => new Set(rows.map((row) => row.split(',')[column])).size;
    expect(distinct(2)).toBe(10);
    expect(distinct(21)).toBeGreaterThan(5_000);
  });

  it('is the same for the same seed', () => {
    const text = (seed: number): string =>
      readFileSync(writeLog(temporaryFolder(), { rows: 300, seed }).validation, 'utf8');
    expect(text(3)).toBe(text(3));
    expect(text(3)).not.toBe(text(4));
  });
});

describe.skipIf(process.platform !== 'linux')('the memory of a tree of processes', () => {
  const started = new Set<number>();
  afterEach(() => {
    for (const id of started) killIfAlive(id);
    started.clear();
  });
  /** A process that runs the code, and the process id that it or its child prints. */
  const run = async (code: string): Promise<{ process: ChildProcess; id: number; said: number }> => {
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [data] = (await once(child.stdout, 'data')) as [Buffer];
    const [id, said] = [child.pid!, Number(data.toString())];
    started.add(id).add(said);
    return { process: child, id, said };
  };
  const holding = `globalThis.held = Buffer.alloc(${150 * MB}, 1); console.log(process.pid); setInterval(() => {}, 1000);`;
  const parentOf = (code: string): string =>
    `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}], { stdio: 'inherit' }); ${holding.replace('console.log(process.pid);', '')}`;

  it('is that of all of them', async () => {
    const parent = await run(parentOf(holding));
    const tree = new treeModule.ProcessTree(parent.id);
    expect(tree.living().sort()).toEqual([parent.id, parent.said].sort());
    expect(tree.resident()).toBeGreaterThan(300 * MB);
    expect(tree.resident()).toBeLessThan(700 * MB);
    expect(tree.proportional()).toBeGreaterThan(300 * MB);
    expect(tree.proportional()).toBeLessThan(tree.resident());
  });

  it('goes on counting a process whose parent has ended', async () => {
    const parent = await run(parentOf(holding));
    const tree = new treeModule.ProcessTree(parent.id);
    tree.living();
    const ended = once(parent.process, 'exit');
    parent.process.kill('SIGKILL');
    await ended;
    expect(tree.living()).toEqual([parent.said]);
    expect(tree.resident()).toBeGreaterThan(150 * MB);
  });

  it('is measured at its peak, until the command ends', async () => {
    const code = `let held = Buffer.alloc(${200 * MB}, 1);
      setTimeout(() => { console.log('auc 0.7'); held = undefined; }, 2000); setTimeout(() => {}, 2500);`;
    const aucOf = (line: string): number | undefined => (line.startsWith('auc') ? Number(line.slice(4)) : undefined);
    const run = await measureModule.measure({ program: process.execPath, args: ['-e', code], aucOf });
    expect(run.auc).toBe(0.7);
    expect(run.resident).toBeGreaterThan(200 * MB);
    expect(run.secondsToAuc).toBeGreaterThan(2);
    expect(run.seconds).toBeGreaterThan(run.secondsToAuc);
  });

  it('is not given for a command that fails', async () => {
    const failing = { program: process.execPath, args: ['-e', 'console.error("no luck"); process.exit(3)'] };
    await expect(measureModule.measure({ ...failing, aucOf: () => undefined })).rejects.toThrow(
      /ended with 3[^]*no luck/,
    );
  });
});

describe('the table from end to end', () => {
  const run = (secondsToAuc: number, resident: number): object => ({
    auc: 0.75, secondsToAuc, seconds: secondsToAuc + 5, resident, proportional: resident / 2,
  }); // prettier-ignore
  const measured = {
    machine: { cpu: 'A CPU', threads: 2, node: '20', tensorflow: '2', kernels: 'avx' },
    versions: { fuxictr: '2.3' },
    log: { rows: 2_000_000, bytes: 370 * MB, bestAuc: 0.78 },
    settings: { batchSize: 4096 },
    weights: 100 * MB,
    runs: {
      mdctr: [run(20, 800 * MB), run(10, 700 * MB), run(15, 810 * MB)],
      FuxiCTR: [run(60, 5000 * MB), run(20, 5000 * MB), run(39, 5200 * MB)],
    },
  };

  it('compares the runs of one round, and the memory with its allowance', () => {
    const { ratios, memory } = endToEndTable.summarise(measured);
    expect(ratios['secondsToAuc']).toEqual({ ratio: 2.6, lowest: 2, highest: 3, atLeast: 2.5 });
    expect(memory).toEqual({ peak: 810 * MB, allowed: 850 * MB });
  });

  it('says what is met', () => {
    const table = endToEndTable.asMarkdown(endToEndTable.summarise(measured));
    expect(table).toContain('| mdctr | 0.7500 | 15.0 | 20.0 | 810 MB | 405 MB |');
    expect(table).toContain('| time to AUC, theirs / ours | 2.60 (2.00 to 3.00) | at least 2.5 | yes |');
    expect(table).toContain('weights 100 MB | 810 MB | at most 3.5 x weights + 500 MB = 850 MB | yes |');
    const heavier = { ...measured, weights: 80 * MB };
    expect(endToEndTable.asMarkdown(endToEndTable.summarise(heavier))).toContain('= 780 MB | no |');
  });
});
