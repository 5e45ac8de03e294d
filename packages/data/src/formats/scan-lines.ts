import { isAscii, isUtf8 } from 'node:buffer';
import { openBytes } from './scan-csv.js';

/** Calls `visit` with the bytes of each line, without its end, until it returns true. Lines count from 1. */
export async function scanLines(file: string, visit: (bytes: Buffer, line: number) => boolean): Promise<void> {
  let left: Buffer[] = [];
  let line = 1;
  for await (const chunk of openBytes(file) as AsyncIterable<Buffer>) {
    let begin = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, begin)) {
      if (visit(Buffer.concat([...left, chunk.subarray(begin, end)]), line++)) return;
      left = [];
      begin = end + 1;
    }
    left.push(chunk.subarray(begin));
  }
  const last = Buffer.concat(left);
  if (last.length > 0) visit(last, line);
}

/** The first line that is not UTF-8, if there is one. */
export async function firstNotUtf8(file: string): Promise<{ line: number; guess: EncodingGuess } | undefined> {
  let found: { line: number; guess: EncodingGuess } | undefined;
  let wide = false; // a line before had characters beyond ASCII
  await scanLines(file, (bytes, line) => {
    if (isUtf8(bytes) && !(line === 1 && bytes.includes(0))) {
      wide ||= !isAscii(bytes);
      return false;
    }
    found = { line, guess: line === 1 ? guessFirst(bytes) : wide ? 'mixed' : 'Latin-1 or GBK' };
    return true;
  });
  return found;
}

export type EncodingGuess = 'UTF-16' | 'Latin-1 or GBK' | 'mixed' | 'binary';

/** In UTF-16 every other byte of Latin text is 0; other text has no such byte at all. */
function guessFirst(bytes: Buffer): EncodingGuess {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const zeros = bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  if (marked || zeros > bytes.length / 3) return 'UTF-16';
  return bytes.some((byte) => byte < 9) ? 'binary' : 'Latin-1 or GBK';
}

/** The first line that is no JSON object, if there is one. */
export async function firstNotJson(file: string): Promise<{ line: number; why: string } | undefined> {
  let found: { line: number; why: string } | undefined;
  await scanLines(file, (bytes, line) => {
    const text = bytes
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trim();
    if (text === '') return false;
    try {
      const value: unknown = JSON.parse(text);
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return false;
      found = { line, why: `${text.slice(0, 40)} is no object` };
    } catch (error) {
      found = { line, why: (error as Error).message };
    }
    return true;
  });
  return found;
}

/** The line of the row of that index (from 0) in a file of one row a line; blank lines are no rows. */
export async function lineOfRow(file: string, row: number): Promise<number> {
  let [seen, found] = [0, 1];
  await scanLines(file, (bytes, line) => {
    if (bytes.toString('latin1').trim() === '' || seen++ < row) return false;
    found = line;
    return true;
  });
  return found;
}
