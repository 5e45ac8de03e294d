import { firstOf, lastOf } from '@mdctr/base';
import { basename } from 'node:path';
import { Document, isMap, isScalar, isSeq, visit, type Node } from 'yaml';
import type { ReportEntry } from './conversion-report.js';

export type ConfigFormat = 'json' | 'yaml';

/** A comment this short stands at the end of its line, a longer one above it. */
const SHORT = 60;
/** Longer comments go on in the next line. */
const WIDTH = 110;

/**
 * The text of a config file. YAML has a comment at each value that came from a key of theirs: which key, where it stands, and
 * what differs. JSON has none.
 */
export function configText(config: object, report: readonly ReportEntry[], format: ConfigFormat): string {
  if (format === 'json') return `${JSON.stringify(config, null, 2)}\n`;
  const document = new Document(config, { aliasDuplicateObjects: false });
  const comments = new Map<string, string[]>();
  for (const entry of report) {
    if (entry.to === undefined || entry.verdict === 'leftOut') continue;
    comments.set(entry.to, [...(comments.get(entry.to) ?? []), commentOf(entry)]);
  }
  for (const [path, lines] of comments) comment(document, path, lines);
  visit(document, {
    Seq: (_, list) => void (list.flow = list.items.every((item) => isScalar(item) && typeof item.value === 'number')),
  });
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: false });
}

function comment(document: Document, path: string, lines: readonly string[]): void {
  const names = path.split(/[.[\]]+/).filter(Boolean);
  const last = names.pop()!;
  const parent = names.length === 0 ? document.contents : document.getIn(names.map(asKey), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
  const value = pair ? pair.value : isSeq(parent) ? parent.items[Number(last)] : undefined;
  if (!value) return;
  if (lines.length === 1 && isScalar(value) && firstOf(lines).length < SHORT) value.comment = ` ${lines[0]}`;
  else ((pair?.key ?? value) as Node).commentBefore = lines.flatMap(wrapped).join('\n');
}

/** Lines of at most `WIDTH` characters, each behind a space; those after the first are indented. */
function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lastOf(lines).length + word.length + 1 > WIDTH) lines.push('  ');
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines;
}

const asKey = (name: string): string | number => (/^\d+$/.test(name) ? Number(name) : name);

function commentOf({ key, at, why }: ReportEntry): string {
  const byDefault = key.startsWith('--') ? key : `FuxiCTR's default of ${key}`;
  const from = at ? `${key}, ${basename(at.file)}:${at.line}` : byDefault;
  return why === '' ? from : `${from}: ${why}`;
}
