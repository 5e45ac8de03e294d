import type { EncodedData } from '../../src/index.js';
import { cell, file } from '../fixtures.js';

export const head = 'tab,item,kind,time,click\n';
/** Tab a has 6 rows, b 3, c 2, d 1. */
const tabs = [...'aaaaaabbbccd'];
const kinds: Record<string, string> = { a: 'top', b: 'side', c: 'top', d: 'side' };
export const rows = tabs.map((tab, i) => `${tab},item${i % 3},${kinds[tab]},${i},${i % 2}`);
export const csv = (): string => file('tabs.csv', head + rows.join('\n'));
export const column = (data: EncodedData, field: string): string =>
  Array.from({ length: data.rows }, (_, row) => cell(data, row, field)).join(' ');
export const domainsOf = (data: EncodedData): string =>
  [...data.domains].map((id) => data.schema.domains[id]).join(' ');
