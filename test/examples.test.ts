import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StudyResults } from '@mdctr/report';
import type { Metrics } from '@mdctr/training';
import { describe, expect, it } from 'vitest';
import { mdctr, mdctrJson, root, temporaryFolder } from './command.js';

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
    const small = ['--set', 'data.source.rows=2000', '--set', 'training.epochs=1', '--set', 'seeds=[1]'];
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

const shared = process.env.MDCTR_SHARED_DATA ?? resolve(root, '../shared/data');
const kuairand = join(shared, 'kuairand_pure/flat_2022-04-25_04-30.csv');

describe('examples/kuairand, on real impressions (skipped where MDCTR_SHARED_DATA does not hold them)', () => {
  it.skipIf(!existsSync(kuairand)).each([
    ['dnn', 0.723],
    ['dcnv2', 0.727],
  ])('%s reaches a validation AUC of %f', (name, wanted) => {
    const config = join(root, `examples/kuairand/${name}.json`);
    const out = join(temporaryFolder(), 'model');
    const { validation } = mdctrJson<{ validation: Metrics }>(['train', config, '--data', kuairand, '--out', out]);
    expect(validation.auc).toBeGreaterThanOrEqual(wanted);
  });
});
