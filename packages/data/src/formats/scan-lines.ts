import { openBytes } from './open-bytes.js';

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
