import { Document, isNode, isScalar, type Node } from 'yaml';
import { placeOf } from './account-text.js';
import type { AccountEntry } from './account.js';

export type ConfigFormat = 'json' | 'yaml';

/**
 * The text of a config file. YAML has a comment at each value that came from a key of theirs: which key, where it stands, and
 * what differs. JSON has none.
 */
export function configText(config: object, account: readonly AccountEntry[], format: ConfigFormat): string {
  if (format === 'json') return `${JSON.stringify(config, null, 2)}\n`;
  const document = new Document(config, { aliasDuplicateObjects: false });
  const comments = new Map<string, string[]>();
  for (const entry of account) {
    if (entry.to === undefined || entry.verdict === 'leftOut') continue;
    comments.set(entry.to, [...(comments.get(entry.to) ?? []), commentOf(entry)]);
  }
  for (const [path, lines] of comments) {
    const node = document.getIn(
      path
        .split(/[.[\]]+/)
        .filter(Boolean)
        .map(asKey),
      true,
    );
    if (!isNode(node)) continue;
    const place: Node = node;
    const one = lines.length === 1 && isScalar(node) && lines[0]!.length < 60;
    if (one) place.comment = ` ${lines[0]}`;
    else place.commentBefore = lines.map((line) => ` ${line}`).join('\n');
  }
  return document.toString({ lineWidth: 110 });
}

const asKey = (name: string): string | number => (/^\d+$/.test(name) ? Number(name) : name);

function commentOf({ key, at, why }: AccountEntry): string {
  const from = at ? `${key}, ${placeOf(at)}` : `FuxiCTR's default of ${key}`;
  return why === '' ? from : `${from}: ${why}`;
}
