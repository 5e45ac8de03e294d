import { join } from 'node:path';
import { writeWhole } from '@mdctr/core';
import { toLatex, toMarkdown, type StudyResults } from '@mdctr/report';

/** Writes results.json, table.md and table.tex into a folder; each file is replaced as a whole. Returns their paths. */
export async function saveResults(directory: string, results: StudyResults): Promise<string[]> {
  const files = [
    ['results.json', `${JSON.stringify(results, null, 2)}\n`],
    ['table.md', toMarkdown(results)],
    ['table.tex', toLatex(results)],
  ] as const;
  const paths: string[] = [];
  for (const [name, content] of files) {
    const path = join(directory, name);
    await writeWhole(path, content);
    paths.push(path);
  }
  return paths;
}
