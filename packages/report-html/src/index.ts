import { writeAtomic } from '@mdctr/base';
import { readFile } from 'node:fs/promises';
import type { StudyResults } from '@mdctr/report';
import { pageOf } from './page/page.js';

export { inspectionPage, type PageFacts } from './inspection/inspection-page.js';
export { readResults } from './read-results.js';

/**
 * A study's results as one HTML page that needs nothing else: figures are in it as SVG, and as numbers that its script
 * draws again, in the reader's width and colours, with tooltips. All text of the results is escaped.
 */
export async function toHtml(results: StudyResults): Promise<string> {
  // Bundled by the build; the same place from src and from dist.
  const client = await readFile(new URL('../dist/client.min.js', import.meta.url), 'utf8');
  return pageOf(results, client);
}

/** Writes the page, as a whole or not at all. */
export async function writeReport(path: string, results: StudyResults): Promise<void> {
  await writeAtomic(path, await toHtml(results));
}
