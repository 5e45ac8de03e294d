import { Random } from '@mdctr/base';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { StudyResults } from '@mdctr/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectDocumented } from '../messages/run-cases.js';
import { bin, mdctr, root, temporaryFolder, type Outcome } from '../support/command.js';

const folder = temporaryFolder();
// Not tuned, so that the command is one process, which a signal ends at once.
const env = { GLIBC_TUNABLES: '' };
const random = new Random(31).fork('kill');

/** A plugin that goes wrong in the middle of a training, in one of several ways. */
writeFileSync(
  join(folder, 'unlucky.mjs'),
  `
import { DomainPlugin } from ${JSON.stringify(pathToFileURL(join(root, 'packages/core/dist/index.js')).href)};
const held = [];
// Stands still, as an endless loop does, and takes nothing from the trials beside it.
const forever = () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); };
const ways = {
  kill: () => process.kill(process.pid, 'SIGKILL'),
  abort: () => { process.stderr.write('on purpose\\n'); process.exit(7); },
  throw: () => { throw new TypeError('no such thing'); },
  nan: () => NaN,
  wait: forever,
  hog: () => { held.push(Buffer.alloc(1 << 30, 1)); forever(); },
};
class Unlucky extends DomainPlugin {
  constructor(options) { super(); this.way = ways[options.way]; }
  // The rehearsal has a few steps too.
  step(next) { let done = 0; return (...args) => (++done > 20 ? this.way() : undefined) ?? next(...args); }
}
const options = { type: 'object', properties: { way: { type: 'string', description: 'How.', default: 'throw' } } };
Object.defineProperty(Unlucky, Symbol.for('mdctr.unit'), {
  value: { kind: 'plugin', name: 'unlucky', apiVersion: 1, options },
});
export { Unlucky };
`,
);

const tiny = {
  name: 'Tiny',
  data: { source: { kind: 'synthetic', rows: 2000, domains: 3 }, minFrequency: 2 },
  embedding: { dim: 4 },
  backbones: [{ name: 'dnn', hiddenUnits: [8], dropout: 0.1 }],
  methods: [{ label: 'plain' }, { label: 'adasparse', plugins: ['adasparse'] }] as object[],
  seeds: [1, 2],
  training: { epochs: 4, patience: 4, batchSize: 32, checkpoint: { everySeconds: 0.02 } },
};

function study(name: string, more: object = {}): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ ...tiny, ...more }));
  return file;
}

const bench = (file: string, out: string, ...more: string[]): Outcome =>
  mdctr(['bench', file, '--out', out, ...more], { env });

/** results.json without what depends on the clock, and on how many trials ran side by side. */
function figures(out: string): unknown {
  const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;
  const timeless = (key: string, value: unknown): unknown =>
    ['seconds', 'stepMs', 'inferenceUs', 'createdAt', 'parallel'].includes(key) ? undefined : value;
  return JSON.parse(JSON.stringify(results, timeless)) as unknown;
}

const results = (out: string): StudyResults =>
  JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;

/** Files of the trials, below `trials`, by their ending. */
const files = (out: string, ending: string): string[] =>
  existsSync(join(out, 'trials'))
    ? (readdirSync(join(out, 'trials'), { recursive: true }) as string[]).filter((name) => name.endsWith(ending))
    : [];

/** Starts a study and ends it by a signal, some milliseconds after it has written a checkpoint. */
async function ended(args: readonly string[], out: string, signal: NodeJS.Signals): Promise<Outcome> {
  const child = spawn(process.execPath, [bin, 'bench', ...args, '--out', out], { env: { ...process.env, ...env } });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  let over = false;
  const code = new Promise<number | null>((resolve) => child.on('close', resolve)).finally(() => (over = true));
  while (!over && (!stderr.includes('To run') || !files(out, 'state.json').length)) await sleep(5);
  await sleep(1200 * random.uniform());
  child.kill(signal);
  return { code: await code, stdout: '', stderr };
}

describe('a study', () => {
  const file = study('study');
  const whole = join(folder, 'whole');

  beforeAll(() => {
    const { code, stderr } = bench(file, whole, '--threads', '1', '--parallel', '3');
    expect([code, stderr], stderr).toEqual([0, expect.stringContaining('3 at a time with 1 thread each')]);
    expect(readdirSync(whole).sort()).toEqual([
      ...['report.html', 'results.json', 'study.lock.json', 'table.md', 'table.tex', 'trials'],
    ]);
    expect(files(whole, 'result.json')).toHaveLength(4);
  });

  it('killed again and again at random moments gives the results of one that ran through, side by side or not', async () => {
    const out = join(folder, 'killed');
    // At most; more by MDCTR_KILLS, where there is time.
    const most = Number(process.env.MDCTR_KILLS ?? 3);
    let kills = 0;
    for (; kills < most; kills++) {
      const side = kills % 2 === 0 ? '1' : '2';
      const { code, stderr } = await ended([file, '--threads', '1', '--parallel', side], out, 'SIGKILL');
      if (code === 0) break; // faster than the signal
      expect(code, stderr).toBeNull();
    }
    expect(kills).toBeGreaterThan(1);
    const finished = files(out, 'result.json').map((name) => [name, readFileSync(join(out, 'trials', name), 'utf8')]);
    const { code, stderr } = bench(file, out);
    expect(code, stderr).toBe(0);
    expect(figures(out)).toEqual(figures(whole));
    for (const name of files(whole, 'scores.f32')) {
      const content = readFileSync(join(out, 'trials', name));
      expect(content.equals(readFileSync(join(whole, 'trials', name))), name).toBe(true);
    }
    // No finished trial was run again.
    for (const [name, text] of finished) expect(readFileSync(join(out, 'trials', name!), 'utf8')).toBe(text);
    expect(files(out, '.partial')).toEqual([]);
    expect(readdirSync(out)).toEqual(readdirSync(whole));
  });

  it('told to end by Ctrl-C writes checkpoints and says how to go on', async () => {
    const out = join(folder, 'interrupted');
    const { code, stderr } = await ended(
      [study('long', { training: { ...tiny.training, epochs: 90 } })],
      out,
      'SIGINT',
    );
    expect([code, stderr], stderr).toEqual([130, expect.stringContaining('The same command goes on from there.')]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(files(out, 'state.json')).toHaveLength(1);
    expect(files(out, 'failure.json')).toEqual([]);
    expect(stderr).toContain('Interrupted: 0 finished, 1 running, 3 waiting.');
    expect(existsSync(join(out, 'running.json'))).toBe(false);
  });

  it('begun anew with --fresh leaves what is not its own', () => {
    writeFileSync(join(whole, 'trials', 'notes.txt'), 'mine');
    const { code, stderr } = bench(
      file,
      whole,
      '--fresh',
      '--set',
      'seeds=[3]',
      '--set',
      'methods=[{"label":"plain"}]',
    );
    expect(code, stderr).toBe(0);
    expect(results(whole).trials.map(({ seed }) => seed)).toEqual([3]);
    expect(files(whole, 'result.json')).toHaveLength(1);
    expect(files(whole, 'notes.txt')).toHaveLength(1);
  });
});

describe('trials that fail', () => {
  const ways = ['wait', 'kill', 'abort', 'throw', 'nan', 'hog'];
  const out = join(folder, 'unlucky');
  const file = study('unlucky', {
    packages: ['./unlucky.mjs'],
    methods: [...ways.map((way) => ({ label: way, plugins: [{ name: 'unlucky', way }] })), { label: 'plain' }],
    seeds: [1],
    training: { ...tiny.training, limits: { minutes: 0.5, memoryGiB: 1.2 } },
  });

  it('are recorded with their reason, and the others go on', () => {
    const { code, stdout, stderr } = bench(file, out, '--parallel', '2');
    expect([code, stderr], stderr).toEqual([4, expect.stringContaining('MDCTR_STUDY_INCOMPLETE: 6 trials')]);
    const { failures = [], table } = results(out);
    expect(failures.map(({ method, code }) => [method, code])).toEqual([
      ['wait', 'MDCTR_TRIAL_TIME'],
      ['kill', 'MDCTR_TRIAL_CRASHED'],
      ['abort', 'MDCTR_TRIAL_CRASHED'],
      ['throw', 'MDCTR_UNIT_RUN'],
      ['nan', 'MDCTR_TRAINING_DIVERGED'],
      ['hog', 'MDCTR_TRIAL_MEMORY'],
    ]);
    const reasons = [
      '0.5 minutes',
      'SIGKILL',
      'on purpose',
      'TypeError: no such thing',
      'a plugin gave this loss',
      '1.2 GiB',
    ];
    expect(failures.find(({ method }) => method === 'throw')!.place).toMatch(/unlucky\.mjs:9:\d+$/);
    failures.forEach(({ reason }, i) => expect(reason).toContain(reasons[i]));
    for (const { code, reason } of failures) {
      if (code?.startsWith('MDCTR_TRIAL_') && !reason.includes('on purpose'))
        expectDocumented(code, `${code}: ${reason}`);
    }
    expect(table.map(({ method }) => method)).toEqual(['plain']);
    expect(stdout).toContain('returned: TypeError: no such thing, ');
  });

  it('are run again with --retry-failed alone', () => {
    // Only one of them, so that this is short: the others count as finished.
    for (const name of files(out, 'failure.json').filter((one) => !one.includes('throw'))) {
      for (const of of ['result.json', 'scores.f32'])
        cpSync(join(out, 'trials/dnn/plain/seed-1', of), join(out, 'trials', name.replace('failure.json', of)));
    }
    const retried = bench(file, out, '--retry-failed', '--json');
    const events = retried.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; toRun?: number });
    expect(retried.code, retried.stderr).toBe(4);
    expect(events.find(({ event }) => event === 'plan')).toMatchObject({ toRun: 1, finished: 6, failed: 0 });
    expect(events.find(({ event }) => event === 'trialFailed')).toMatchObject({
      method: 'throw',
      code: 'MDCTR_UNIT_RUN',
    });
    expect(events.at(-1)).toMatchObject({ event: 'result' });
  });
});
