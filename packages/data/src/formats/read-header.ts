import { openBytes } from './open-bytes.js';
import type { Dialect } from './scan-records.js';

const [NEWLINE, QUOTE] = [10, 34];

/** Names in the first record, without a byte order mark; an empty name becomes `column1` and so on, by position. */
export async function readHeader(file: string, dialect: Dialect): Promise<string[]> {
  const chunks: Buffer[] = [];
  let quotes = 0;
  reading: for await (const chunk of openBytes(file) as AsyncIterable<Buffer>) {
    for (let i = 0; i < chunk.length; i++) {
      if (dialect.quotes && chunk[i] === QUOTE) quotes++;
      else if (chunk[i] === NEWLINE && quotes % 2 === 0) {
        chunks.push(chunk.subarray(0, i));
        break reading;
      }
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks)
    .toString(dialect.encoding === 'utf-8' ? 'utf8' : 'latin1')
    .replace(/^\ufeff/, '')
    .replace(/\r$/, '');
  return splitRecord(text, dialect).map((name, i) => name || `column${i + 1}`);
}

function splitRecord(text: string, { delimiter, quotes }: Dialect): string[] {
  if (!quotes) return text.split(delimiter);
  const cells = [''];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted && char === '"' && text[i + 1] === '"') cells[cells.length - 1] += text[++i]!;
    else if (char === '"' && (quoted || cells.at(-1) === '')) quoted = !quoted;
    else if (!quoted && text.startsWith(delimiter, i)) {
      cells.push('');
      i += delimiter.length - 1;
    } else cells[cells.length - 1] += char;
  }
  return cells;
}
