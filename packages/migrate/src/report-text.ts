import { formatLocation, type SourceLocation, firstOf } from '@mdctr/base';
import { relative } from 'node:path';
import type { ReportEntry, ConversionVerdict } from './conversion-report.js';

const HEADINGS: Readonly<Record<ConversionVerdict, string>> = {
  kept: 'Kept',
  changed: 'Changed: look at these',
  leftOut: 'Left out',
  added: 'Added: from the command, and defaults of FuxiCTR that mdctr does not share',
};

/** The report as text: a heading for each verdict; a line for each key, or for the same key of several columns; its reason below. */
export function reportText(report: readonly ReportEntry[]): string {
  const parts = (Object.keys(HEADINGS) as ConversionVerdict[]).flatMap((verdict) => {
    const entries = report.filter((entry) => entry.verdict === verdict);
    if (entries.length === 0) return [];
    return [`${HEADINGS[verdict]} (${entries.length})\n${alike(entries).map(linesOf).join('')}`];
  });
  return parts.join('\n');
}

/** Entries that differ in nothing but the place in a list. */
function alike(entries: readonly ReportEntry[]): readonly (readonly ReportEntry[])[] {
  const groups = new Map<string, ReportEntry[]>();
  for (const entry of entries) {
    const name = [entry.key, entry.to, entry.why].map((text) => text?.replace(/\[\d+\]/g, '[]')).join('\n');
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return [...groups.values()];
}

function linesOf(entries: readonly ReportEntry[]): string {
  const { key, at, to, why } = firstOf(entries);
  const places = (text: (entry: ReportEntry) => string): string =>
    [...new Set(entries.map((entry) => /\[(\d+)\]/.exec(text(entry))?.[1]))].join(',');
  const joined = (text: string, of: (entry: ReportEntry) => string): string =>
    text.replace(/\[\d+\]/, `[${places(of)}]`);
  const target = to === undefined ? '' : ` -> ${joined(to, (entry) => entry.to!)}`;
  const more = entries.length > 1 ? ', ...' : '';
  const reason = why === '' ? '' : `      ${why}\n`;
  return `  ${joined(key, (entry) => entry.key)}${target}${at ? `  (${placeOf(at)}${more})` : ''}\n${reason}`;
}

/** `config/model_config.yaml:12`, from the folder that the command runs in; without the column, which says nothing here. */
function placeOf({ file, line }: SourceLocation): string {
  const short = relative('', file);
  return formatLocation({ file: short.startsWith('..') ? file : short, ...(line !== undefined && { line }) });
}
