import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrialProfile } from '@mdctr/study';
import { describe, expect, it } from 'vitest';
import { mdctr, mdctrJson, temporaryFolder } from '../support/command.js';

const folder = temporaryFolder();
const config = {
  name: 'Trial',
  data: { source: { kind: 'synthetic', rows: 3000, domains: 3, fields: [50, 20] } },
  embedding: { dim: 4 },
  backbone: { name: 'dcnv2', hiddenUnits: [8], crossLayers: 1 },
  plugins: ['adasparse', 'maml'],
  training: { batchSize: 256 },
};
writeFileSync(join(folder, 'trial.json'), JSON.stringify(config));
const command = ['profile', 'trial.json', '--no-cache', '--steps', '2'];
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Holds for every profile, whatever the times are. */
function expectConsistent({ step, sites, ops, variants, model }: TrialProfile): void {
  expect(sum(sites.map(({ ms }) => ms))).toBeCloseTo(step.ms, 6);
  expect(sum(sites.map(({ share }) => share))).toBeCloseTo(1, 6);
  for (const site of sites) {
    expect(site.forwardMs + site.backwardMs).toBeCloseTo(site.ms, 6);
    expect(sum(site.ops.map(({ ms }) => ms))).toBeCloseTo(site.opsMs, 6);
    expect(site.opsMs).toBeLessThanOrEqual(site.ms + 1e-6);
  }
  expect(sum(ops.map(({ ms }) => ms))).toBeCloseTo(step.opsMs, 6);
  expect(sum(sites.map(({ opsMs }) => opsMs))).toBeCloseTo(step.opsMs, 6);
  expect(step.opsMs + step.betweenOpsMs + step.waitMs).toBeCloseTo(step.ms, 6);
  const last = variants.at(-1)!;
  expect(last.name).toBe(model);
  expect(sum(sites.map(({ parameters }) => parameters))).toBe(last.parameters.dense);
  expect(sum(sites.map(({ flopsPerRow }) => flopsPerRow))).toBeCloseTo(last.flopsPerRow, 6);
}

describe('mdctr profile', () => {
  it('--json has the plain backbone, each plugin alone, all of them, and a step in parts that add up', () => {
    const profile = mdctrJson<TrialProfile & { version: number; data: object; environment: object }>(command, {
      cwd: folder,
    });
    expect(profile).toMatchObject({ version: 1, name: 'Trial', data: { rows: 3000 }, steps: 2, rowsPerStep: 256 });
    expect(profile.environment).toHaveProperty('threads');
    expect(profile.variants.map(({ name }) => name)).toEqual([
      'dcnv2',
      'dcnv2 + adasparse',
      'dcnv2 + maml',
      'dcnv2 + adasparse + maml',
    ]);
    const [plain, sparse, meta] = profile.variants;
    expect(profile.variants.map(({ blocks }) => blocks.length)).toEqual([2, 2, 2, 2]);
    expect([plain!.ratio, sparse!.ratio === null]).toEqual([null, false]);
    expect(sparse!.parameters.dense).toBeGreaterThan(plain!.parameters.dense);
    expect(meta!.parameters).toEqual(plain!.parameters);
    const lines = profile.sites.map(({ site, plugin }) => (plugin === null ? site : `${site} > ${plugin}`));
    expect(lines).toEqual([
      ...['batch wait', 'look-up', 'embedding', 'backbone', 'cross/0', 'cross/0 > adasparse'],
      ...['deep/0', 'deep/0 > adasparse', 'logit', 'loss', 'loss > adasparse'],
      ...['optimizer/dense', 'optimizer/rows', 'step', 'step > maml'],
    ]);
    expectConsistent(profile);
    expect(profile.ops.map(({ ms }) => ms)).toEqual(profile.ops.map(({ ms }) => ms).sort((a, b) => b - a));
    expect(readdirSync(folder)).toEqual(['trial.json']);
  });

  it('prints tables of at most 100 columns', () => {
    const { code, stdout } = mdctr([...command, '--top', '3'], { cwd: folder });
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(/^ {2}\+ maml +[\d.]+ +[\d.]+ +[\d.]+ to [\d.]+ /m);
    expect(stdout).toMatch(/^deep\/0 [^]*^ {2}> adasparse [^]*^whole step [^]*^ {2}of it adasparse /m);
    const ops = lines.slice(lines.findIndex((line) => line.startsWith('op ')));
    expect(ops.slice(2, 9).map((line) => line.replace(/ {2,}.*/, ''))).toEqual([
      ...[expect.anything(), expect.anything(), expect.anything()],
      expect.stringMatching(/^\d+ others$/),
      ...['all ops', 'no op: JavaScript', 'no op: batch wait'],
    ]);
  });

  it('is the same for a model without plugins, and for one step', () => {
    const plain = mdctrJson<TrialProfile>([...command.slice(0, 3), '--steps', '1', '--set', 'plugins=[]'], {
      cwd: folder,
    });
    expect(plain.variants.map(({ name }) => name)).toEqual(['dcnv2']);
    expectConsistent(plain);
  });

  it('works with lists, several batches a step, and every parameter in its line', () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${'ab'[i % 2]},x${i % 5}|x${i % 7},${i % 3 === 0 ? 1 : 0}`);
    writeFileSync(join(folder, 'log.csv'), ['tab,tags,click', ...rows, ''].join('\n'));
    const data = {
      source: { kind: 'files', files: ['log.csv'] },
      label: 'click',
      domain: 'tab',
      fields: ['tab', { name: 'tags', list: { pooling: 'attention' } }],
    };
    const training = { batchSize: 32, accumulate: 2 };
    writeFileSync(join(folder, 'lists.json'), JSON.stringify({ ...config, data, training, plugins: ['star'] }));
    const profile = mdctrJson<TrialProfile>(['profile', 'lists.json', ...command.slice(2)], { cwd: folder });
    expectConsistent(profile);
    const { site, parameters } = profile.sites.find(({ parameters: count }) => count > 0)!;
    expect([site, parameters]).toEqual(['embedding', 4]); // the query of the pooling
    expect(profile.rowsPerStep).toBe(64);
  });

  it('works on the wasm backend', () => {
    const plugins = ['--set', 'plugins=["per-domain"]'];
    expectConsistent(mdctrJson<TrialProfile>([...command, ...plugins], { cwd: folder, env: { MDCTR_TIER: 'wasm' } }));
  });
});
