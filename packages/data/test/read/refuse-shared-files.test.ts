import { copyFileSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorOf, file, load } from '../fixtures.js';

describe('a file in two splits', () => {
  const csv = (name: string, text = ''): string =>
    file(name, `tab,item,time,click\na,x${text},1,0\na,x,2,1\nb,y,3,0\nb,y,4,1\n`);
  const split = (train: string, validation: string[], test: string[]) =>
    errorOf(load(train, { split: { by: 'file', validation, test } }));

  it('is refused under another name, by a link and as a copy', async () => {
    const train = csv('own.csv');
    const folder = mkdtempSync(join(tmpdir(), 'mdctr-link-'));
    const [link, copy] = [join(folder, 'link.csv'), join(folder, 'copy.csv')];
    symlinkSync(train, link);
    copyFileSync(train, copy);
    for (const [other, says] of [
      [join(train, '..', '.', 'own.csv'), 'is in two splits'],
      [link, 'the same file'],
      [copy, 'of the same content'],
    ] as const) {
      const error = await split(train, [], [other]);
      expect([error.code, error.message.includes(says)]).toEqual(['MDCTR_DATA_SPLIT', true]);
    }
    const between = await split(csv('third.csv', '!'), [link], [copy]);
    expect([between.code, between.details.found]).toEqual(['MDCTR_DATA_SPLIT', 'validation and test']);
  });

  it('is none where files are merely of one size, or a split has one twice', async () => {
    const [train, other] = [csv('size-1.csv', '1'), csv('size-2.csv', '2')];
    const twice = await load([train, train], {
      split: { by: 'file', validation: [], test: [other] },
      allowLeak: ['tab', 'item'],
    });
    expect([twice.splits.train.length, twice.splits.test.length]).toEqual([8, 4]);
  });
});
