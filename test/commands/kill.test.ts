import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StudyResults } from '@mdctr/report';
import { expect, it } from 'vitest';
import { bin, root, temporaryFolder } from '../support/command.js';

/** Whether a process of this id is there. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it.each(['SIGTERM', 'SIGKILL'] as const)('a study ended by %s keeps every trial that it reported', async (signal) => {
  const out = join(temporaryFolder(), 'out');
  const study = join(root, 'examples/quickstart/study.json');
  const child = spawn(process.execPath, [bin, 'bench', study, '--set', 'data.source.rows=2000', '--out', out]);
  let progress = '';
  const children = (): number[] =>
    readFileSync(`/proc/${child.pid!}/task/${child.pid!}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  let workers: number[] = [];
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.stderr.on('data', (chunk: Buffer) => {
    progress += chunk.toString();
    if (!progress.includes('[3/24]')) return;
    if (workers.length === 0 && process.platform === 'linux') workers = children();
    child.kill(signal);
  });
  await ended;
  if (process.platform === 'linux') expect(workers.length).toBeGreaterThan(0);
  const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;
  expect(results.trials.length).toBeGreaterThanOrEqual(3);
  expect(results.trials.length).toBeLessThan(results.plannedTrials);
  expect(readFileSync(join(out, 'table.md'), 'utf8')).toContain('Unfinished');
  for (let i = 0; i < 3000 && workers.some(alive); i++) await sleep(100);
  expect(workers.filter(alive)).toEqual([]);
});
