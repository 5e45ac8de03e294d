import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runInHost, temporaryFolder } from '../support/command.js';

const FIXTURES = join(root, 'packages/migrate/test/fixtures');

/** A folder with the fixtures and small data of their columns. */
function place(): string {
  const folder = temporaryFolder();
  cpSync(FIXTURES, folder, { recursive: true });
  const pick = (i: number, n: number): number => (i * 7919 + (i >> 2)) % n;
  const shop = (first: number, rows: number): string => {
    const line = (i: number): string =>
      [
        `t${pick(i, 3)}`,
        `i${pick(i, 11)}`,
        `b${pick(i, 5)}`,
        i % 9 === 0 ? '' : 18 + pick(i, 50),
        `${pick(i, 90)}.5`,
      ].join(',') +
      `,h${pick(i, 24)},i${pick(i, 4)} i${pick(i, 6)} i1,u${pick(i, 13)},text ${i},${pick(i * i, 3) === 0 ? 1 : 0}`;
    const lines = Array.from({ length: rows }, (_, i) => line(first + i));
    return ['tab,item,brand,age,price,time,history,user,comment,click', ...lines, ''].join('\n');
  };
  mkdirSync(join(folder, 'shop/data'));
  writeFileSync(join(folder, 'shop/data/train.csv'), shop(0, 400));
  writeFileSync(join(folder, 'shop/data/valid.csv'), shop(400, 80));
  writeFileSync(join(folder, 'shop/data/test.csv'), shop(480, 80));
  const visit = (i: number): string =>
    `p${pick(i, 4)};k${pick(i, 3)};c${pick(i, 6)};${pick(i, 1000) / 10};${pick(i * i, 2)}`;
  const visits = ['page;kind;country;seen;label', ...Array.from({ length: 500 }, (_, i) => visit(i)), ''];
  mkdirSync(join(folder, 'folders/data'));
  writeFileSync(join(folder, 'folders/data/visits.csv'), visits.join('\n'));
  return folder;
}

interface Metrics {
  readonly epochs: readonly { readonly loss: number }[];
}

const DOCUMENT = join(root, 'docs/guides/migration-fuxictr.md');

describe('mdctr convert fuxictr', () => {
  it('writes what the document shows, of the files that it shows', async () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const block = (name: string): RegExp =>
      new RegExp(`(\n\`${name}\`[^\n]*:?\n\n(?:<!--[^\n]*-->\n\n)?\`\`\`yaml\n)((?:[^\`]|\`(?!\`\`))*)\`\`\``);
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'config'));
    for (const name of ['config/model_config.yaml', 'config/dataset_config.yaml'])
      writeFileSync(join(cwd, name), block(name).exec(text)![2]!);
    const command = /mdctr (convert fuxictr config .*)/.exec(text)![1]!;
    const { code, stderr } = await runInHost(command.split(' '), { cwd });
    expect(code, stderr).toBe(0);
    const written = readFileSync(join(cwd, 'trial.yaml'), 'utf8');
    if (process.env.MDCTR_UPDATE_DOCS)
      writeFileSync(
        DOCUMENT,
        text.replace(block('trial.yaml'), (_, head: string) => `${head}${written}\`\`\``),
      );
    else expect(block('trial.yaml').exec(text)![2]).toBe(written);
  });

  it.each([
    ['DNN, JSON', ['shop/config', '--domain', 'tab'], 'trial.json', 2],
    [
      'DCNv2, YAML',
      ['folders/config', '--experiment', 'DCNv2_small', '--dataset', 'visits', '--domain', 'page'],
      'trial.yaml',
      1,
    ],
  ])('%s: the config opens and trains', async (_, args, out, epochs) => {
    const cwd = place();
    const converted = await runInHost(['convert', 'fuxictr', ...args, '--out', out], { cwd });
    expect(converted.stderr).toBe('');
    expect(converted.stdout).toContain(`Written: ${out}\n`);
    const trained = await runInHost(['train', out, '--out', 'model', '--no-cache'], { cwd });
    expect(trained.code, trained.stderr).toBe(0);
    const metrics = JSON.parse(readFileSync(join(cwd, 'model/metrics.json'), 'utf8')) as Metrics;
    expect(metrics.epochs).toHaveLength(epochs);
    expect(metrics.epochs.every(({ loss }) => loss > 0 && loss < 2)).toBe(true);
  });

  it('makes a study of a tuner that opens, with its grid in the plan', async () => {
    const cwd = place();
    await runInHost(['convert', 'fuxictr', 'tuner/DNN_shop_tuner.yaml', '--domain', 'tab', '--out', 'study.json'], {
      cwd,
    });
    const { code, stdout, stderr } = await runInHost(['bench', 'study.json', '--plan', '--no-cache'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout + stderr).toContain('8');
  });

  it('has a study for Scenario-Wise-Rec in its document that opens', async () => {
    const text = readFileSync(join(root, 'docs/guides/migration-scenario-wise-rec.md'), 'utf8');
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'kuairand.yaml'), /`kuairand.yaml`:\n\n```yaml\n([^`]*)```/.exec(text)![1]!);
    const numbers = ['follow_user_num', 'fans_user_num', 'friend_user_num', 'register_days'];
    const outcomes = ['play_time_ms', 'duration_ms', 'profile_stay_time', 'comment_stay_time'];
    const row = (i: number): string =>
      [
        `u${i % 17}`,
        `v${(i * 7) % 23}`,
        (i * i) % 3 === 1 ? 1 : 0,
        i % 7,
        ...Array<number>(8).fill((i * 31) % 97),
      ].join(',');
    const header = ['user_id', 'video_id', 'is_click', 'tab', ...numbers, ...outcomes].join(',');
    writeFileSync(
      join(cwd, 'kuairand_sample.csv'),
      [header, ...Array.from({ length: 700 }, (_, i) => row(i)), ''].join('\n'),
    );
    const { code, stdout, stderr } = await runInHost(['bench', 'kuairand.yaml', '--plan', '--no-cache'], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout + stderr).toMatch(/adasparse/);
  });

  it('prints the config on stdout alone, so that it can be piped', async () => {
    const cwd = place();
    const { code, stdout, stderr } = await runInHost(['convert', 'fuxictr', 'shop/config', '--domain', 'tab'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'DNN_shop', backbone: { name: 'dnn' } });
    expect(stderr).toMatch(/Kept \(\d+\)[^]*Changed: look at these \(\d+\)[^]*Left out \(\d+\)/);
    expect(existsSync(join(cwd, 'trial.json'))).toBe(false);
  });
});
