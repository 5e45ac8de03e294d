import { writeAtomic } from '@mdctr/base';
import { dirname, extname } from 'node:path';
import { reportText, configText, convertFuxictr } from '@mdctr/migrate';

export interface ConvertFlags {
  readonly experiment?: string;
  readonly dataset?: string;
  readonly domain: readonly string[];
  readonly data?: string;
  readonly out?: string;
  readonly format?: 'json' | 'yaml';
  readonly json?: true;
}

/** The config goes to `--out`, or else to stdout; the report to the other of stdout and stderr. */
export async function convertFuxictrConfig(path: string, options: ConvertFlags): Promise<void> {
  const { experiment, dataset, domain, data, out, json } = options;
  const converted = convertFuxictr(path, {
    experiment,
    dataset,
    domain,
    dataFolder: data,
    outFolder: out === undefined ? '' : dirname(out),
  });
  const { kind, config, report } = converted;
  const format = options.format ?? (/^\.ya?ml$/.test(extname(out ?? '')) ? 'yaml' : 'json');
  const text = configText(config, report, format);
  if (out !== undefined) await writeAtomic(out, text);
  if (json) process.stdout.write(`${JSON.stringify({ ...converted, ...(out !== undefined && { out }) }, null, 2)}\n`);
  else if (out === undefined) {
    process.stderr.write(`${reportText(report)}\n`);
    process.stdout.write(text);
  } else {
    const next = kind === 'trial' ? `npx mdctr train ${out} --out model` : `npx mdctr bench ${out} --plan`;
    process.stdout.write(`${reportText(report)}\nWritten: ${out}\nNext:    ${next}\n`);
  }
}
