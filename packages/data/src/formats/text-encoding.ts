import { MdctrError } from '@mdctr/base';
import { isAscii, isUtf8 } from 'node:buffer';
import { scanLines } from './scan-lines.js';

/** The error of a file that is not UTF-8 throughout; undefined if it is. */
export async function encodingError(path: string): Promise<MdctrError | undefined> {
  const bad = await firstNotUtf8(path);
  if (!bad) return undefined;
  const [found, hint] = ENCODINGS[bad.guess];
  return new MdctrError('MDCTR_DATA_ENCODING', {
    what: bad.guess === 'binary' ? 'The file is no text.' : 'A line is not UTF-8.',
    at: { file: path, line: bad.line },
    expected: 'UTF-8 throughout',
    found,
    hint,
  });
}

/** What a file that is not UTF-8 may be, and what to do about it. */
const ENCODINGS = {
  'UTF-16': ['bytes of UTF-16', 'Convert the file: iconv -f UTF-16 -t UTF-8 FILE > NEW'],
  'Latin-1 or GBK': [
    'bytes of another encoding (perhaps Latin-1 or GBK)',
    'Convert the file: iconv -f LATIN1 -t UTF-8 FILE > NEW; or name it: data.source.csv.encoding.',
  ],
  mixed: [
    'bytes of another encoding (perhaps Latin-1 or GBK) after lines of UTF-8',
    'The file has been put together from several: convert each to UTF-8 before.',
  ],
  binary: ['bytes that are no text', 'Unpack it, or name its format: data.source.format.'],
} as const;

type EncodingGuess = keyof typeof ENCODINGS;

/** The first line that is not UTF-8, if there is one. */
async function firstNotUtf8(file: string): Promise<{ line: number; guess: EncodingGuess } | undefined> {
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

/** In UTF-16 every other byte of Latin text is 0; other text has no such byte at all. */
function guessFirst(bytes: Buffer): EncodingGuess {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const zeros = bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  if (marked || zeros > bytes.length / 3) return 'UTF-16';
  return bytes.some((byte) => byte < 9) ? 'binary' : 'Latin-1 or GBK';
}
