import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mdctr, mdctrJson, root, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const shared = process.env.MDCTR_SHARED_DATA ?? join(root, '../shared/data');
const noise = (i: number, salt: number): number => (Math.imul(i * 31 + salt, 0x9e3779b1) >>> 9) % 1000;

/** 800 rows of 200 columns. */
function wide(): string {
  const path = join(folder, 'wide.csv');
  const header = ['clicked', 'page', ...Array.from({ length: 198 }, (_, c) => `c${c}`)];
  const rows = Array.from({ length: 800 }, (_, i) => [
    noise(i, 1) < 300 ? 1 : 0,
    `page${noise(i, 2) % 4}`,
    ...Array.from({ length: 198 }, (_, c) => (c % 3 === 0 ? noise(i, c) / 7 : `v${noise(i, c) % (c + 2)}`)),
  ]);
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

describe('mdctr data describe', () => {
  it.each([
    ['a file of 200 columns', wide(), 'clicked', 'page'],
    ['Open Bandit', join(shared, 'obd_small/bts_all.csv'), 'click', 'position'],
  ])('%s: the proposed config trains and predicts as it is', (name, csv, label, domain) => {
    if (!existsSync(csv)) return console.warn(`skipped: ${csv} is absent`);
    const config = join(folder, `${label}.json`);
    const named = ['--label', label, '--domain', domain];
    const { code, stdout } = mdctr(['data', 'describe', csv, ...named, '--out', config]);
    expect([code, stdout.includes(`label   ${label}`), stdout.includes('Next:')]).toEqual([0, true, true]);
    const model = join(folder, label);
    mdctrJson(['train', config, '--out', model, '--set', 'training.epochs=1']);
    const scores = join(folder, `${label}.scores.csv`);
    mdctrJson(['predict', model, '--data', csv, '--out', scores]);
    expect(readFileSync(scores, 'utf8').trimEnd().split('\n').length).toBe(
      readFileSync(csv, 'utf8').trimEnd().split('\n').length,
    );
    expect(mdctr(['data', 'describe', csv, '--out', config]).stderr).toContain('is there already');
  });

  it('needs a label and a domain to write a config, and says how to name them', () => {
    const plain = join(folder, 'plain.csv');
    writeFileSync(plain, `a,b\n${'x,1\ny,2\n'.repeat(30)}`);
    const out = join(folder, 'plain.json');
    const { code, stderr } = mdctr(['data', 'describe', plain, '--out', out]);
    expect([code, stderr.includes('--label'), existsSync(out)]).toEqual([1, true, false]);
    expect(mdctr(['data', 'describe', plain]).stdout).toContain('none found');
  });

  it('has help', () => {
    expect(mdctr(['data', '--help']).stdout).toContain('describe');
    expect(mdctr(['data', 'describe', '--help']).stdout).toContain('Usage: mdctr data describe');
  });
});
