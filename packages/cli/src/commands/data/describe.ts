import { MdctrError, writeAtomic, firstOf, itemAt, columnWidths } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { describeFiles, type DescribedColumn, type Description, type Format } from '@mdctr/data';
import { builtinsWithRole } from '../../builtins.js';
import { Progress } from '../../terminal/progress.js';

export interface DescribeFlags {
  readonly label?: string;
  readonly domain?: string[];
  readonly format?: Format;
  readonly out?: string;
  readonly json?: true;
}

export async function describe(files: string[], { label, domain, format, out, json }: DescribeFlags): Promise<void> {
  if (out !== undefined && existsSync(out)) throw occupied(out);
  const progress = new Progress(!json);
  progress.show('reading the data');
  const description = await describeFiles({ files, label, domain, format });
  progress.done(
    `${description.whole ? '' : 'the first '}${description.rows} rows, ${description.columns.length} columns`,
  );
  const config =
    out === undefined ? undefined : trialConfig(description, files, out, await builtinsWithRole('reference'));
  if (json) process.stdout.write(`${JSON.stringify({ ...description, ...(config && { out }) }, null, 2)}\n`);
  else process.stdout.write(toText(description));
  if (out === undefined) return;
  await writeAtomic(out, `${JSON.stringify(config, null, 2)}\n`);
  if (!json) process.stdout.write(`\nWritten: ${out}\nNext:    npx mdctr train ${out} --out model\n`);
}

/** A trial that runs as it is: the proposed data, and plugins on a small network. */
function trialConfig(
  { data, label }: Description,
  files: readonly string[],
  out: string,
  plugins: readonly string[],
): object {
  if (!data) {
    throw new MdctrError('MDCTR_DATA_DESCRIBE', {
      what:
        label === undefined ? 'No column looks like the outcome of an impression.' : 'No column looks like a domain.',
      expected: label === undefined ? 'a column of 0 and 1' : 'a column of a few values that part the traffic',
      hint: label === undefined ? 'Name it with --label.' : 'Name it with --domain.',
    });
  }
  const folder = dirname(resolve(out));
  const paths = files.map((file) => (isAbsolute(file) ? file : portable(relative(folder, resolve(file)))));
  return {
    name: basename(firstOf(files)).replace(/\.[^.]+(\.gz)?$/i, ''),
    data: { ...data, source: { ...(data.source as object), files: paths } },
    embedding: { dim: 16 },
    backbone: { name: 'dnn', hiddenUnits: [128, 64] },
    plugins,
    training: { epochs: 3, batchSize: 1024 },
    seed: 1,
  };
}

const portable = (path: string): string => path.replaceAll('\\', '/');

function toText({ columns, label, domain, otherDomains, data }: Description): string {
  const head = ['column', 'use', 'kind', 'values', 'missing', 'AUC', 'why'];
  const rows = columns.map((column) => cells(column));
  const widths = columnWidths([head, ...rows]);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) =>
        i === 3 || i === 4 || i === 5 ? cell.padStart(itemAt(widths, i)) : cell.padEnd(itemAt(widths, i)),
      )
      .join('  ');
  const leaks = columns.filter(
    ({ use, reasons }) => use === 'exclude' && reasons.some((reason) => /^(leak|outcome)/.test(reason)),
  );
  const split = columns.find(({ use }) => use === 'split');
  const facts: [string, string][] = [
    ['label', label ?? 'none found: name it with --label'],
    ['domain', domain.join(' x ') || 'none found: name it with --domain'],
    ...(otherDomains.length > 0 ? [['or', otherDomains.slice(0, 5).join(', ')] as [string, string]] : []),
    ['split', split ? `by time, ${split.name}` : 'at random: no column of times'],
    ...(leaks.length > 0 ? [['leaks', leaks.map(({ name }) => name).join(', ')] as [string, string]] : []),
  ];
  return [
    ...[head, ...rows].map((row) => line(row).trimEnd()),
    '',
    ...facts.map(([name, value]) => `${name.padEnd(8)}${value}`),
    ...(data ? [] : ['', 'A config needs a label and a domain.']),
    '',
  ].join('\n');
}

function cells({ name, use, kind, distinct, missing, rows, auc, reasons }: DescribedColumn): string[] {
  const share = missing / rows;
  return [
    name,
    use === 'exclude' ? '-' : use,
    kind,
    String(distinct),
    missing === 0 ? '' : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`,
    auc === undefined ? '' : auc.toFixed(3),
    reasons.join('; '),
  ];
}

function occupied(out: string): MdctrError {
  return new MdctrError('MDCTR_DATA_DESCRIBE', {
    what: `${out} is there already.`,
    hint: 'Name another file with --out, or remove this one.',
  });
}
