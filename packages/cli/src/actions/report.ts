import { dirname, join } from 'node:path';
import { readResults, writeReport } from '@mdctr/report-html';

export interface ReportOptions {
  readonly out?: string;
  readonly json?: true;
}

export async function report(path: string, options: ReportOptions): Promise<void> {
  const { file, results } = await readResults(path);
  const out = options.out ?? join(dirname(file), 'report.html');
  await writeReport(out, results);
  process.stdout.write(options.json ? `${JSON.stringify({ out })}\n` : `Written: ${out}\n`);
}
