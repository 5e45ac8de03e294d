import { writeAtomic } from '@mdctr/base';
import { join } from 'node:path';
import { toLatex, toMarkdown, type StudyResults } from '@mdctr/report';

/** What is written for a study as a whole. */
export const RESULTS_FILES = ['results.json', 'table.md', 'table.tex'] as const;

const contents: Readonly<Record<(typeof RESULTS_FILES)[number], (results: StudyResults) => string>> = {
  'results.json': (results) => `${JSON.stringify(results, null, 2)}\n`,
  'table.md': toMarkdown,
  'table.tex': toLatex,
};

/** Writes results.json, table.md and table.tex into a folder; each file is replaced as a whole. Returns their paths. */
export async function saveResults(directory: string, results: StudyResults): Promise<string[]> {
  const paths: string[] = [];
  for (const name of RESULTS_FILES) {
    const path = join(directory, name);
    await writeAtomic(path, contents[name](results));
    paths.push(path);
  }
  return paths;
}
