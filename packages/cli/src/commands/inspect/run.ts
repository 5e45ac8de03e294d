import { writeAtomic } from '@mdctr/base';
import { assembleModel, type HostBatch } from '@mdctr/core';
import { openBatches, type EncodedData } from '@mdctr/data';
import { inspectionMermaid, inspectionText, inspectModel, type Inspection } from '@mdctr/inspect';
import { EVALUATION_BATCH } from '@mdctr/training';
import { startRuntime } from '@mdctr/study';
import { openInspected, type ModelFlags } from './open-inspected.js';
import { Progress } from '../../terminal/progress.js';

export interface InspectFlags extends ModelFlags {
  readonly format?: 'tree' | 'mermaid' | 'json';
  readonly out?: string;
  readonly html?: string;
  readonly json?: true;
}

export async function inspect(file: string, options: InspectFlags): Promise<void> {
  const { out, html } = options;
  const asked = options.json ? 'json' : options.format;
  const format = asked ?? 'tree';
  const quiet = format === 'json';
  const progress = new Progress(!quiet);
  const opened = await openInspected(file, options);
  await startRuntime(opened.precision, quiet);
  const { name, data, model } = await opened.load(progress);
  const assembled = assembleModel({ ...model, schema: data.schema });
  let inspection: Inspection;
  try {
    inspection = inspectModel(assembled, await sampleOf(data));
  } finally {
    assembled.dispose();
  }
  progress.clear();
  const texts = {
    tree: () => inspectionText(inspection),
    mermaid: () => inspectionMermaid(inspection),
    json: () => `${JSON.stringify({ name, ...inspection }, null, 2)}\n`,
  };
  const written: string[] = [];
  if (html !== undefined) {
    const { inspectionPage } = await import('@mdctr/report-html'); // its figures take long to load
    await writeAtomic(html, inspectionPage(inspection, { name }));
    written.push(html);
  }
  if (out !== undefined) {
    await writeAtomic(out, texts[format]());
    written.push(out);
  }
  if (out === undefined && (html === undefined || asked)) process.stdout.write(texts[format]());
  else process.stdout.write(written.map((path) => `Written: ${path}\n`).join(''));
}

/** The rows that the operations of results are counted on. */
async function sampleOf(data: EncodedData): Promise<HostBatch | undefined> {
  const source = openBatches(data, { prefetch: false });
  try {
    for await (const batch of source.batches('train', { batchSize: EVALUATION_BATCH })) return batch;
    return undefined;
  } finally {
    await source.close();
  }
}
