import { dirname, join } from 'node:path';
import { REPORT_PAGE } from '@mdctr/report';
import { readResults, writeReport } from '@mdctr/report-html';

export interface ReportFlags {
  readonly out?: string;
  readonly json?: true;
}

export async function report(path: string, options: ReportFlags): Promise<void> {
  const { file, results } = await readResults(path);
  const out = options.out ?? join(dirname(file), REPORT_PAGE);
  await writeReport(out, results);
  process.stdout.write(options.json ? `${JSON.stringify({ out })}\n` : `Written: ${out}\n`);
}
