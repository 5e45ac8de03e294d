import { join } from 'node:path';
import { REPORT_PAGE, toMarkdown, toText, type StudyResults, type TrialFailure, type TrialResult } from '@mdctr/report';
import { saveResults } from '@mdctr/study';

/** What a study found. */
export class Comparison {
  /** @internal `bench` makes it. */
  constructor(
    /** As results.json holds it. */
    readonly results: StudyResults,
  ) {}

  /** A line for each backbone and method: means and deviations over seeds, costs, gains. */
  get table(): StudyResults['table'] {
    return this.results.table;
  }

  /** Every trial: metrics overall and by domain, learning curve, what plugins show. */
  get trials(): readonly TrialResult[] {
    return this.results.trials;
  }

  /** Trials that failed, with their reasons; the table is without them. */
  get failures(): readonly TrialFailure[] {
    return this.results.failures ?? [];
  }

  /** The table with its analyses, as the command prints it. */
  toString(): string {
    return toText(this.results);
  }

  toMarkdown(): string {
    return toMarkdown(this.results);
  }

  /** The report: a page with figures that needs no network. */
  async toHtml(): Promise<string> {
    return (await import('@mdctr/report-html')).toHtml(this.results);
  }

  /** Writes results.json, table.md, table.tex and report.html into a folder, each as a whole; gives their paths. */
  async save(folder: string): Promise<string[]> {
    const page = join(folder, REPORT_PAGE);
    const paths = await saveResults(folder, this.results);
    await (await import('@mdctr/report-html')).writeReport(page, this.results);
    return [...paths, page];
  }

  /** How Deno's notebooks show it. */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/markdown': this.toMarkdown(), 'text/plain': this.toString() };
  }
}
