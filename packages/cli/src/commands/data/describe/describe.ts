import { MdctrError, writeAtomic } from '@mdctr/base';
import { existsSync } from 'node:fs';
import { describeFiles, type Format } from '@mdctr/data';
import { Progress } from '../../../terminal/progress.js';
import { check, checkText, MOST_ROWS } from './check.js';
import { toText } from './text.js';
import { trialConfig, withPaths } from './trial-config.js';

export interface DescribeFlags {
  readonly label?: string;
  readonly domain?: string[];
  readonly format?: Format;
  readonly out?: string;
  /** False with `--no-check`. */
  readonly check: boolean;
  readonly json?: true;
}

export async function describe(files: string[], options: DescribeFlags): Promise<void> {
  const { label, domain, format, out, json } = options;
  if (out !== undefined && existsSync(out)) throw occupied(out);
  const progress = new Progress(!json);
  progress.show('reading the data');
  const description = await describeFiles({ files, label, domain, format });
  progress.done(
    `${description.whole ? '' : 'the first '}${description.rows} rows, ${description.columns.length} columns`,
  );
  if (out === undefined) {
    process.stdout.write(json ? `${JSON.stringify(description, null, 2)}\n` : toText(description));
    return;
  }
  const plain = trialConfig(description, files);
  if (!json) process.stdout.write(toText(description));
  const { withUsual } = await import('@mdctr/study');
  const draft = withUsual(plain, description);
  const checked = options.check && description.whole && description.rows <= MOST_ROWS;
  const found = checked ? await check(draft, description, progress) : { draft, tried: [], judgedBy: '' };
  if (json) process.stdout.write(`${JSON.stringify({ ...description, tried: found.tried, out }, null, 2)}\n`);
  else if (found.tried.length > 0) process.stdout.write(`\n${checkText(found)}`);
  else process.stdout.write(`\n${untried(options.check ? 'these are many rows' : '--no-check')}`);
  await writeAtomic(out, `${JSON.stringify(withPaths(found.draft, files, out), null, 2)}\n`);
  if (!json) process.stdout.write(`\nWritten: ${out}\nNext:    npx mdctr train ${out} --out model\n`);
}

const untried = (why: string): string =>
  `Nothing was tried out (${why}): the settings are those that did best on most sets.\n`;

function occupied(out: string): MdctrError {
  return new MdctrError('MDCTR_DATA_DESCRIBE', {
    what: `${out} is there already.`,
    hint: 'Name another file with --out, or remove this one.',
  });
}
