import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block of a document. */
export interface Block {
  /** `docs/guides/data.md:3`, the line of its fence. */
  readonly at: string;
  readonly language: string;
  readonly text: string;
  /** `<!-- run -->` before it: its commands are run. */
  readonly run: boolean;
  /** `<!-- not run: REASON -->` before it. */
  readonly notRun: string | undefined;
  /** `<!-- around ... -->` before it: what stands around an excerpt, `...` on a line of its own in the place of the block. */
  readonly around: string | undefined;
}

const FENCE = /^( *)(`{3,})([^\n`]*)\n([^]*?)^\1\2 *$/gm;
const COMMENTS = /(?:<!--(?:(?!-->)[^])*-->\s*)+$/;

/** All fenced blocks of a document of the checkout, in their order. */
export function blocksOf(root: string, name: string): Block[] {
  const text = readFileSync(join(root, name), 'utf8');
  return [...text.matchAll(FENCE)].map((match) => {
    const before = text.slice(0, match.index);
    const comments = COMMENTS.exec(before)?.[0] ?? '';
    return {
      at: `${name}:${before.split('\n').length}`,
      language: match[3]!.trim(),
      text: match[4]!,
      run: /<!-- run -->/.test(comments),
      notRun: /<!-- not run: ([^]+?) -->/.exec(comments)?.[1],
      around: /<!-- around\n([^]+?)-->/.exec(comments)?.[1],
    };
  });
}

/** The block in its surroundings. */
export const whole = ({ text, around }: Block): string =>
  around === undefined ? text : around.replace(/^\.\.\.$/m, () => text);
