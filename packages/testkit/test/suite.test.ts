import { Dnn } from '@mdctr/backbones';
import { DomainPlugin, Plugin, type HiddenInterceptor, type UnitClass } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import {
  checkPlugin,
  examinePlugin,
  matchesPath,
  ToyDataset,
  type PluginCheckOptions,
  type Runner,
} from '../src/index.js';
import { setupReport } from '../src/suite/setup-report.js';
import { BatchMean, Drifts } from './broken/plugins.js';

const dnn = { label: 'dnn', cls: Dnn, options: { hiddenUnits: [4] } };
const id = 'domains/rows-do-not-see-each-other';
const base: PluginCheckOptions = { identity: { none: 'none' }, backbones: [dnn], only: [id] };
const status = async (cls: UnitClass, options: Partial<PluginCheckOptions>) =>
  (await examinePlugin(cls, { ...base, ...options })).map((result) => result.status);

describe('expected failures', () => {
  it('fail as expected, and fail the suite when they pass', async () => {
    const expectedFailures = { [id]: 'the batch’s mean' };
    expect(await status(BatchMean, { expectedFailures })).toEqual(['failed as expected']);
    expect(await status(Drifts, { expectedFailures })).toEqual(['passed unexpectedly']);
  });

  it('can be for some variants and backbones alone', async () => {
    const variants = { one: {}, two: {} };
    const failure = { reason: 'the batch’s mean', variants: ['two'] };
    expect(await status(BatchMean, { variants, expectedFailures: { [id]: failure } })).toEqual([
      'failed',
      'failed as expected',
    ]);
  });

  it('must be of checks, variants and backbones that there are', async () => {
    const run = (expectedFailures: PluginCheckOptions['expectedFailures']) =>
      examinePlugin(Drifts, { ...base, expectedFailures: expectedFailures! });
    await expect(run({ 'domains/rows': 'why' })).rejects.toThrow(/MDCTR_CHECK_UNKNOWN.*domains\/rows/s);
    await expect(run({ [id]: { reason: 'why', variants: ['three'] } })).rejects.toThrow(/no variant or backbone/);
    await expect(examinePlugin(Drifts, { ...base, only: ['nonsense'] })).rejects.toThrow('MDCTR_CHECK_UNKNOWN');
  });
});

describe('pairs', () => {
  const backbones = ['a', 'b', 'c'].map((label) => ({ ...dnn, label }));
  const variants = { one: {}, two: {}, three: {}, four: {} };
  const subjects = async (pairs?: 'all' | 'some'): Promise<string[]> =>
    (await examinePlugin(Drifts, { ...base, backbones, variants, ...(pairs && { pairs }) })).map(({ subject }) =>
      subject.replace(/ with .* \(/, ' ').replace(')', ''),
    );

  it('are all by default; `some` has each variant on two backbones, the first on all', async () => {
    expect(await subjects()).toHaveLength(12);
    expect(await subjects('some')).toEqual(
      ['a one', 'a two', 'a three', 'a four', 'b one', 'b two', 'b four', 'c one', 'c three'], // by backbone
    );
  });
});

/** Throws below a runner's frames and ours. */
@Plugin('throws', { description: 'Throws on every pass.' })
class Throws extends DomainPlugin {
  override hidden(): HiddenInterceptor {
    return () => {
      const error = new Error('no such thing');
      const runner = '/project/node_modules/vitest/dist/run.js:1:1';
      error.stack = `Error: no such thing\n    at factor (/project/src/throws.ts:3:5)\n    at ${runner}\n    at ${import.meta.url}:9:9`;
      throw error;
    };
  }
}

describe('a runner of one’s own', () => {
  /** Runs what is registered and keeps the outcomes. */
  async function outcomes(cls: UnitClass, options: Partial<PluginCheckOptions>) {
    const tests: [string, Parameters<Runner['it']>[1]][] = [];
    const runner: Runner = { describe: (_name, body) => body(), it: (name, body) => tests.push([name, body]) };
    checkPlugin(cls, { ...base, ...options, runner });
    const results: string[] = [];
    const errors: Error[] = [];
    for (const [name, body] of tests) {
      const context = { skip: (note?: string) => void results.push(`skipped: ${note}`) };
      await body(context).then(
        () => results.push(name),
        (error: Error) => {
          results.push(`failed: ${error.message}`);
          errors.push(error);
        },
      );
    }
    return { results, errors };
  }

  it('gets one test a check, which fails with the whole message', async () => {
    const [failed, ...more] = (await outcomes(BatchMean, {})).results;
    expect(more).toEqual([]);
    expect(failed).toMatch(/^failed: MDCTR_CHECK_FAILED: .*promise 1 of 10.*expected .*found .*try /s);
  });

  it('gets an error that many checks meet in full once, with frames of the author’s own alone', async () => {
    const only = [id, 'rows/any-number'];
    const [first, second] = (await outcomes(Throws, { only })).errors;
    expect(first!.message).toMatch(
      /found .*no such thing[^]*thrown .*\/project\/src\/throws\.ts:3:5, in factor\n[^]*checkPlugin\(Throws, \{ \.\.\., only: \[/,
    );
    const frames = first!.stack!.split('\n').filter((line) => /^ +at /.test(line));
    expect(frames).toEqual(['    at factor (/project/src/throws.ts:3:5)']);
    expect(second!.message).toBe(`no such thing (fails alike: see ${id} of dnn with throws (defaults))`);
    expect(second!.stack).toBeUndefined();
  });

  it('is told of what is skipped, with the reason', async () => {
    const { results } = await outcomes(Drifts, { identity: { none: 'it has none' }, only: ['identity/at-start'] });
    expect(results[0]).toBe('skipped: it has none');
  });
});

it('says once that TensorFlow is set up', () => {
  const said: string[] = [];
  const report = setupReport((text) => said.push(text));
  report.progress('downloading 1 of 207 MB');
  report.progress('downloading 2 of 207 MB');
  expect(said).toEqual([expect.stringContaining('Setting up TensorFlow')]);
});

describe('path patterns', () => {
  it.each([
    ['star/**/kernel', 'star/deep/0/kernel', true],
    ['star/**/kernel', 'star/kernel', true],
    ['star/**/kernel', 'star/deep/0/bias', false],
    ['star/**', 'star/logit/auxiliary/0/kernel', true],
    ['star/*/kernel', 'star/deep/0/kernel', false],
    ['star/*/*/domain-*', 'star/deep/norm/domain-scale', true],
    ['star/**', 'starry/deep', false],
  ])('%s and %s: %s', (pattern, path, fits) => expect(matchesPath(pattern, path)).toBe(fits));
});

describe('the synthetic data', () => {
  it('groups rows by domain, ascending, with distinct ids', () => {
    const data = new ToyDataset(3);
    const rows = data.rows(7, 1, [3, 1, 0]);
    const batch = data.batch(rows);
    expect([...batch.domainIds]).toEqual([0, 1, 3]);
    expect([...batch.domainStarts]).toEqual([0, 2, 4, 7]);
    expect([...batch.order]).toEqual([2, 5, 1, 4, 0, 3, 6]);
    expect(new Set(batch.uniqueIds).size).toBe(batch.uniqueIds.length);
    const ids = (i: number): number[] => [0, 1, 2].map((f) => batch.uniqueIds[batch.inverse[i * 3 + f]!]!);
    batch.order.forEach((row, i) => {
      expect(ids(i)).toEqual(rows[row]!.ids.map((value, f) => data.schema.fields[f]!.offset + value));
    });
    expect(data.rows(7, 1, [3, 1, 0])).toEqual(rows);
    expect(data.rows(7, 2, [3, 1, 0])).not.toEqual(rows);
  });

  it('gives each unseen combination of two fields a group of its own', () => {
    const data = new ToyDataset(2, true);
    expect(data.schema.domains).toHaveLength(4);
    const { domainIds } = data.batch(data.rows(8, 1, [0, 1, 2, 3, 0]));
    expect([...domainIds]).toEqual([0, 0, 1, 2, 3]);
  });
});
