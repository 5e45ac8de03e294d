import { relative } from 'node:path';
import { formatLocation } from '@mdctr/core';
import type { AccountEntry, Verdict } from './account.js';

const HEADINGS: Readonly<Record<Verdict, string>> = {
  kept: 'Kept',
  changed: 'Changed: look at these',
  leftOut: 'Left out',
  added: 'Added: defaults of FuxiCTR that mdctr does not share',
};

/** The account as text: a heading for each verdict, a line for each key, its reason below. */
export function accountText(account: readonly AccountEntry[]): string {
  const parts = (Object.keys(HEADINGS) as Verdict[]).flatMap((verdict) => {
    const entries = account.filter((entry) => entry.verdict === verdict);
    if (entries.length === 0) return [];
    return [`${HEADINGS[verdict]} (${entries.length})\n${entries.map(lineOf).join('')}`];
  });
  return parts.join('\n');
}

function lineOf({ key, at, to, why }: AccountEntry): string {
  const target = to === undefined ? '' : ` -> ${to}`;
  const reason = why === '' ? '' : `      ${why}\n`;
  return `  ${key}${target}${at ? `  (${placeOf(at)})` : ''}\n${reason}`;
}

/** `config/model_config.yaml:12`, from the folder that the command runs in; without the column, which says nothing here. */
export function placeOf({ file, line }: NonNullable<AccountEntry['at']>): string {
  const short = relative('', file);
  return formatLocation({ file: short.startsWith('..') ? file : short, ...(line !== undefined && { line }) });
}
