import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bin } from '../support/command.js';
import { json, trial } from './case.js';

it('Ctrl-C ends a training with a word on how to go on, and leaves its checkpoint alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-messages-'));
  const data = { source: { kind: 'synthetic', rows: 2000 } };
  const training = { epochs: 500, patience: 500, batchSize: 32 };
  writeFileSync(join(folder, 'trial.json'), json({ ...trial, data, training }));
  const child = spawn(process.execPath, [bin, 'train', 'trial.json', '--out', 'model'], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (stderr.includes('epoch 2')) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect([code, stderr.includes('--resume')], stderr).toEqual([130, true]);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(readdirSync(folder).sort()).toEqual(['model.partial', 'trial.json']);
});

it('a reader that stops early ends a command without a word', () => {
  const list = `${JSON.stringify(process.execPath)} ${JSON.stringify(bin)} list`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `(${list}; echo "code $?" >&2) | head -n 1`], {
    encoding: 'utf8',
  });
  expect([status, stdout.split('\n').length, stderr]).toEqual([0, 2, 'code 0\n']);
});
