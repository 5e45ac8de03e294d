import { describe, expect, it } from 'vitest';
import { cells, errorOf, file, load } from '../fixtures.js';
import { jsonl } from '../sample-log.js';

describe('JSON Lines', () => {
  it('keep the text of values; lists are joined, structures stay JSON, absent keys are empty', async () => {
    const data = await load(file('nested.jsonl', jsonl), { fields: ['tab', 'likes', 'more', 'long'] });
    expect([cells(data, 'long'), cells(data, 'likes'), cells(data, 'more')]).toEqual([
      ['-', '-', '1234567890123456789012345'],
      ['-', '-', 'x|y'],
      ['-', '-', '{"k":1}'],
    ]);
  });

  it.each([
    ['JSON Lines with a bad line', () => load(file('b.jsonl', `${jsonl}\n{"a":}\n`)), 'MDCTR_DATA_FORMAT', 'b.jsonl:5'],
    ['JSON Lines with a bad line', () => load(file('b.jsonl', `${jsonl}\n{"a":}\n`)), 'MDCTR_DATA_FORMAT', 'b.jsonl:5'],
    [
      'JSON Lines of another encoding',
      () => load(file('u.jsonl', Buffer.from('{"a":"\xe9"}', 'latin1'))),
      'MDCTR_DATA_ENCODING',
      'u.jsonl:1',
    ],
  ])('are refused: %s', async (_what, make, code, part) => {
    const error = await errorOf(make());
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });
});
