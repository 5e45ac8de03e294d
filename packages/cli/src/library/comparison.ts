import { join } from 'node:path';
import { REPORT_PAGE, toMarkdown, toText, type StudyResults, type TrialFailure, type TrialResult } from '@mdctr/report';
import { saveResults } from '@mdctr/study';

/** Results of a study. */
export class Comparison {
  /** @internal `bench` makes it. */
  constructor(
    /** The content of results.json. */
    readonly results: StudyResults,
  ) {}

  /** One line for each backbone and method: mean and deviation over seeds, costs, and gains. */
  get table(): StudyResults['table'] {
    return this.results.table;
  }

  /** All trials with metrics overall and by domain, learning curves, and statistics of plugins. */
  get trials(): readonly TrialResult[] {
    return this.results.trials;
  }

  /** Failed trials with the reasons. They are not in the table. */
  get failures(): readonly TrialFailure[] {
    return this.results.failures ?? [];
  }

  /** The table and its analyses as text, as printed by the command. */
  toString(): string {
    return toText(this.results);
  }

  toMarkdown(): string {
    return toMarkdown(this.results);
  }

  /** The report as a self-contained HTML page with figures. */
  async toHtml(): Promise<string> {
    return (await import('@mdctr/report-html')).toHtml(this.results);
  }

  /** Writes results.json, table.md, table.tex and report.html to a folder, each atomically. Returns their paths. */
  async save(folder: string): Promise<string[]> {
    const page = join(folder, REPORT_PAGE);
    const paths = await saveResults(folder, this.results);
    await (await import('@mdctr/report-html')).writeReport(page, this.results);
    return [...paths, page];
  }

  /** Representation in Deno notebooks. */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/markdown': this.toMarkdown(), 'text/plain': this.toString() };
  }
}
