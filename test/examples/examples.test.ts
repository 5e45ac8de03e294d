import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StudyResults } from '@mdctr/report';
import type { Evaluation } from '@mdctr/metrics';
import { describe, expect, it } from 'vitest';
import { mdctr, mdctrJson, root, runInHost, temporaryFolder } from '../support/command.js';

describe('examples/custom-backbone', () => {
  const study = join(root, 'examples/custom-backbone/study.json');
  const small = ['--set', 'data.source.rows=3000', '--set', 'training.epochs=1'];
  const bench = (...more: string[]): StudyResults =>
    mdctrJson(['bench', study, ...small, ...more, '--out', join(temporaryFolder(), 'out')]);

  const both = bench();

  it('is a backbone of under 40 lines that adasparse works on', () => {
    const source = readFileSync(join(root, 'examples/custom-backbone/wide-and-deep.ts'), 'utf8');
    expect(source.trimEnd().split('\n').length).toBeLessThan(40);
    expect(source).not.toContain('adasparse');
    const results = both;
    expect(results.table.map(({ backbone, method }) => `${backbone} + ${method}`)).toEqual([
      'dnn + plain',
      'dnn + adasparse',
      'wide-and-deep + plain',
      'wide-and-deep + adasparse',
    ]);
    const sparsity = results.trials.map(({ details }) => Object.keys((details as { diagnostics: object }).diagnostics));
    expect(sparsity).toEqual([[], ['adasparse'], [], ['adasparse']]);
  });

  it('is the plain backbone bit for bit once adasparse is out of the config', () => {
    const plain = (results: StudyResults): unknown =>
      results.trials.filter(({ method }) => method === 'plain').map(({ backbone, metrics }) => ({ backbone, metrics }));
    expect(plain(bench('--set', 'methods=[{"label":"plain"}]'))).toEqual(plain(both));
  });
});

describe('examples/quickstart', () => {
  it('compares both backbones in all forms, and writes what it prints', () => {
    const out = join(temporaryFolder(), 'out');
    // Steps enough for AdaSparse's annealing: a map of one value is a sentence, and no figure.
    const sets = [
      'data.source.rows=2000',
      'training.epochs=9',
      'training.patience=9',
      'training.batchSize=128',
      'seeds=[1]',
    ];
    const small = sets.flatMap((set) => ['--set', set]);
    const { code, stdout } = mdctr(['bench', join(root, 'examples/quickstart/study.json'), ...small, '--out', out]);
    expect(code).toBe(0);
    for (const backbone of ['dnn', 'dcnv2']) {
      for (const method of ['plain', 'adasparse binarization', 'adasparse scaling', 'adasparse fusion']) {
        expect(stdout).toMatch(new RegExp(`^${backbone} +${method} `, 'm'));
      }
    }
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;
    expect(results.trials).toHaveLength(8);
    for (const name of ['table.md', 'table.tex']) expect(readFileSync(join(out, name), 'utf8')).toContain('fusion');
    expect(stdout).toContain(join(out, 'report.html'));
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    // What plugins say is drawn, and only where they say something.
    const figures = [...page.matchAll(/<figure id="([^"]+)"/g)].map(([, id]) => id!);
    const maps = ['share-of-cut-neurons', 'overlap-of-kept-neurons'].flatMap((map) =>
      ['binarization', 'fusion'].flatMap((form) =>
        ['dnn', 'dcnv2'].map((on) => `${map}-adasparse-${on}-adasparse-${form}`),
      ),
    );
    const others = ['auc-gain', 'domain-gains', 'learning-curves', 'cost-auc', 'reliability'];
    expect(figures).toEqual(expect.arrayContaining([...maps, ...others]));
    // What says something of pairs or shares of neurons is of the forms that cut.
    expect(figures.filter((id) => /scaling|plain/.test(id))).toEqual([]);
  });
});

describe('examples of plugins', () => {
  const methodsOf = async (example: string): Promise<string[]> => {
    const dnn = 'backbones=[{"name":"dnn","hiddenUnits":[64,32]}]';
    const small = ['data.source.rows=3000', 'training.epochs=1', 'seeds=[1]', dnn].flatMap((set) => ['--set', set]);
    const out = join(temporaryFolder(), 'out');
    const { code, stderr } = await runInHost(['bench', join(root, example, 'study.json'), ...small, '--out', out]);
    expect([code, stderr.match(/MDCTR_.*/)]).toEqual([0, null]);
    const { table } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as StudyResults;
    return table.map(({ backbone, method, parameters }) => `${backbone} + ${method}: ${parameters}`);
  };

  it('two-hooks adds gates at both of its sites', async () => {
    const parameters = Object.fromEntries((await methodsOf('examples/two-hooks')).map((line) => line.split(': ')));
    const gate = (inputs: number, units: number): number => inputs * 16 + 16 + 16 * units + units;
    const [fields, dim] = [9, 8];
    const epnet = gate(dim + fields * dim, fields * dim);
    const ppnet = [64, 32].map((units) => gate((2 + fields) * dim, units)).reduce((a, b) => a + b);
    const plain = Number(parameters['dnn + plain']);
    expect(Number(parameters['dnn + epnet']) - plain).toBe(epnet);
    expect(Number(parameters['dnn + pepnet']) - plain).toBe(epnet + ppnet);
  });

  it('two-hooks names a prior that the data do not have', async () => {
    const methods = JSON.stringify([{ label: 'typo', plugins: [{ name: 'pepnet', prior: ['audiense'] }] }]);
    const { code, stderr } = await runInHost(['bench', 'examples/two-hooks/study.json', '--set', `methods=${methods}`]);
    expect(code).toBe(1);
    expect(stderr).toContain('PEPNET_PRIOR: pepnet: the data have no field "audiense"');
  });

  it('plain-javascript has one number a unit of the domain’s embedding', async () => {
    const lines = await methodsOf('examples/plain-javascript');
    const [plain, bias] = lines.map((line) => Number(line.split(': ')[1]));
    expect(lines.map((line) => line.replace(/:.*/, ''))).toEqual([
      'dnn + plain',
      'dnn + domain-bias',
      'dnn + domain left out',
      'dnn + domain in the bias alone',
    ]);
    expect(bias! - plain!).toBe(8);
  });

  it('own-data leads from a CSV file to a table and to scores', async () => {
    const cwd = join(temporaryFolder(), 'own-data');
    cpSync(join(root, 'examples/own-data'), cwd, { recursive: true });
    expect(spawnSync(process.execPath, ['make-log.mjs', '3000'], { cwd, encoding: 'utf8' }).stdout).toContain('3000');
    const run = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await runInHost(args, { cwd });
      if (code !== 0) throw new Error(stderr);
      return stdout;
    };
    expect(await run('data', 'describe', 'log.csv', '--out', 'trial.json')).toMatch(/^domain +position$/m);
    const small = ['--set', 'training.epochs=1', '--set', 'seeds=[1]', '--no-cache'];
    const table = await run('bench', 'study.yaml', ...small, '--out', 'out');
    for (const method of ['domain left out', 'plain', 'adasparse', 'star'])
      expect(table).toContain(`dnn       ${method}`);
    await run('train', 'trial.json', '--set', 'training.epochs=1', '--no-cache', '--out', 'model');
    expect(await run('predict', 'model', '--data', 'log.csv', '--out', 'scores.csv')).toContain('3000 rows scored');
  });
});

const shared = process.env.MDCTR_SHARED_DATA ?? resolve(root, '../shared/data');
const kuairand = join(shared, 'kuairand_pure/flat_2022-04-25_04-30.csv');

describe('examples/kuairand, on real impressions (skipped where MDCTR_SHARED_DATA does not hold them)', () => {
  it.skipIf(!existsSync(kuairand)).each([
    ['dnn', 0.735],
    ['dcnv2', 0.735],
  ])('%s reaches a validation AUC of %f', (name, wanted) => {
    const config = join(root, `examples/kuairand/${name}.json`);
    const out = join(temporaryFolder(), 'model');
    const { validation } = mdctrJson<{ validation: Evaluation }>(['train', config, '--data', kuairand, '--out', out]);
    expect(validation.metrics.auc).toBeGreaterThanOrEqual(wanted);
  });
});
