import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StudyResults } from '@mdctr/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { mdctrJson, root, temporaryFolder } from '../support/command.js';

/** A copy of an example in which `mdctr` and the rest are what the example has. */
function copyOf(example: string): string {
  const folder = join(temporaryFolder(), 'example');
  mkdirSync(folder);
  const source = join(root, 'examples', example);
  const isSource = (path: string): boolean => !/node_modules|results/.test(path.slice(source.length));
  cpSync(source, folder, { recursive: true, filter: isSource });
  symlinkSync(join(source, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function node(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

describe('examples/script', () => {
  const folder = copyOf('script');
  let printed: string;
  beforeAll(() => void (printed = node(folder, 'compare.mjs', '2000')));

  it('compares a plugin of its own with others, and saves what it found', () => {
    for (const method of ['plain', 'domain-gate', 'epsilon 0.15', 'epsilon 0.25', 'epsilon 0.35'])
      expect(printed).toMatch(new RegExp(`^dnn +${method} `, 'm'));
    expect(printed.match(/seed \d: AUC 0\.\d+/g)).toHaveLength(15);
    const { table, networks } = JSON.parse(
      readFileSync(join(folder, 'results/from-a-script/results.json'), 'utf8'),
    ) as StudyResults;
    expect(table).toHaveLength(5);
    expect(networks!.map(({ method }) => method)).toEqual(table.map(({ method }) => method));
    expect(readFileSync(join(folder, 'results/from-a-script/report.html'), 'utf8')).toContain('domain-gate');
  });

  it('trains, saves and opens a model of its own plugin, which tells a known ad from a new one', () => {
    const [, known, fresh] = /scores (0\.\d{3}), (0\.\d{3})/.exec(printed)!;
    expect(known).not.toBe(fresh);
    expect(readFileSync(join(folder, 'results/gated/config.json'), 'utf8')).toContain('domain-gate');
  });
});

describe('examples/notebook', () => {
  it('runs cell by cell', () => {
    const folder = copyOf('notebook');
    const { cells } = JSON.parse(readFileSync(join(folder, 'comparison.ipynb'), 'utf8')) as {
      cells: { cell_type: string; source: string[]; outputs?: unknown[] }[];
    };
    const code = cells.filter(({ cell_type }) => cell_type === 'code');
    // Results belong to the machine that made them.
    expect(code.flatMap(({ outputs }) => outputs)).toEqual([]);
    const script = code.map(({ source }) => source.join('')).join(';\n');
    expect(script).toContain('const rows = 50_000;');
    const shown = `
      console.log(JSON.stringify({ curves: curves.length, gains: gains.length, methods: second.table.map((line) => line.method) }));
      console.log(Object.keys(second[Symbol.for('Jupyter.display')]()).join());`;
    writeFileSync(join(folder, 'cells.mjs'), script.replace('50_000', '2000') + shown);
    const [counts, kinds] = node(folder, 'cells.mjs').trimEnd().split('\n').slice(-2);
    expect(JSON.parse(counts!)).toEqual({
      curves: 4 * 3 * 4, // methods, seeds, epochs
      gains: 2 * 3 * 10, // methods, seeds, domains
      methods: ['plain', 'domain left out', 'domain in a bias'],
    });
    expect(kinds).toBe('text/markdown,text/plain');
  });
});

describe('the library', () => {
  const folder = temporaryFolder();
  const study = {
    name: 'Same',
    data: { source: { kind: 'synthetic', rows: 2000, domains: 3 }, minFrequency: 2 },
    embedding: { dim: 4 },
    backbones: [{ name: 'dnn', hiddenUnits: [8] }],
    methods: [{ label: 'plain' }, { label: 'adasparse', plugins: ['adasparse'] }],
    seeds: [1, 2],
    training: { epochs: 1, batchSize: 256 },
  };
  const use = (script: string): string => {
    const file = join(root, 'examples/script', 'node_modules', 'mdctr', 'dist', 'index.js');
    return node(folder, '--input-type=module', '-e', `import { bench, train } from ${JSON.stringify(file)};${script}`);
  };

  it('gives the figures of the command', () => {
    writeFileSync(join(folder, 'study.json'), JSON.stringify(study));
    const same = ['--out', join(folder, 'out'), '--threads', '1', '--no-cache'];
    const { trials } = mdctrJson<StudyResults>(['bench', join(folder, 'study.json'), ...same]);
    const printed = use(`
      const { trials } = await bench(${JSON.stringify(study)}, { cache: false });
      console.log(JSON.stringify(trials.map(({ method, seed, metrics }) => ({ method, seed, metrics }))));`);
    expect(JSON.parse(printed)).toEqual(trials.map(({ method, seed, metrics }) => ({ method, seed, metrics })));
  });

  it('leaves a trial that fails out of the table, names it, and goes on, as the command does', () => {
    // It throws after the few steps of the rehearsal, so that the study begins.
    const methods = [{ label: 'plain' }, { label: 'explodes', plugins: ['./explodes.mjs'] }];
    const failing = { ...study, methods };
    writeFileSync(
      join(folder, 'explodes.mjs'),
      `import { DomainPlugin, Plugin } from '@mdctr/core';
      let steps = 0;
      export class Explodes extends DomainPlugin {
        step(next) {
          return (batch, context) => { if (++steps > 12) throw new Error('on purpose'); return next(batch, context); };
        }
      }
      Plugin('explodes')(Explodes);`,
    );
    const printed = use(`
      process.chdir(${JSON.stringify(folder)});
      const failed = [];
      const comparison = await bench(${JSON.stringify(failing)}, { cache: false, onFailure: (one) => failed.push(one) });
      const lines = comparison.table.map(({ method, seeds }) => ({ method, seeds }));
      console.log(JSON.stringify({ lines, failures: comparison.failures, failed }));`);
    const { lines, failures, failed } = JSON.parse(printed) as Record<string, { method: string; reason: string }[]>;
    expect(lines).toEqual([{ method: 'plain', seeds: study.seeds.length }]);
    expect(failures!.map(({ method }) => method)).toEqual(study.seeds.map(() => 'explodes'));
    expect(failures![0]!.reason).toContain('on purpose');
    expect(failed).toEqual(failures);
  });

  it('refuses what the command refuses, and says that the config stands in the script', () => {
    const wrong = { ...study, methods: [{ label: 'typo', plugins: ['adasparce'] }] };
    const printed = use(`
      try { await bench(${JSON.stringify(wrong)}); } catch (error) { console.log(error.code + error.message); }`);
    expect(printed).toMatch(/MDCTR_CONFIG_UNKNOWN_NAME[^]*\(config\)[^]*methods\[0\]\.plugins\[0\][^]*"adasparse"/);
  });
});
