import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The innermost frame of a stack that lies in one of these files: `file:line:column`. */
export function frameIn(stack: string | undefined, files: ReadonlySet<string>): string | undefined {
  // Of a stack's own lines alone: a message may have places in it, too.
  for (const [, url, place] of stack?.matchAll(/^ {4}at (?:.* )?\(?((?:file:\/\/)?[^\s()]+?):(\d+:\d+)\)?$/gm) ?? []) {
    const file = url!.startsWith('file:') ? fileURLToPath(url!) : url!;
    if (files.has(file)) return `${file}:${place}`;
  }
  return undefined;
}

/** Where a class stands: `file:line`, of the first of these files that declares it. */
export function classIn(name: string, files: Iterable<string>): string | undefined {
  const declaration = new RegExp(`\\bclass\\s+${name}\\b`);
  for (const file of files) {
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((text) => declaration.test(text));
    if (line >= 0) return `${file}:${line + 1}`;
  }
  return undefined;
}
