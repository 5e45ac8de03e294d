import { join } from 'node:path';
import { toText } from '@mdctr/report';
import { dataPaths, loadData } from '@mdctr/data';
import { openStudy, runStudy, saveResults } from '@mdctr/study';
import { Command } from 'commander';
import { builtinPackages } from '../builtins.js';
import { startRuntime } from '../environment.js';
import { duration, Progress } from '../progress.js';
import { dataOption, jsonOption, setOption } from './options.js';

interface Options {
  readonly data: string[];
  readonly set: string[];
  readonly out?: string;
  readonly json?: true;
}

export function benchCommand(): Command {
  return new Command('bench')
    .summary('compare methods on backbones, end with a table')
    .description('Trains every backbone with every method and every seed of a study, and prints one table.')
    .argument('<study>', 'study config, JSON or YAML')
    .addOption(dataOption())
    .addOption(setOption())
    .option(
      '--out <folder>',
      'where results.json, table.md and table.tex go (default: results/NAME in the working directory)',
    )
    .addOption(jsonOption())
    .action(bench);
}

async function bench(file: string, options: Options): Promise<void> {
  const progress = new Progress(!options.json);
  const study = await openStudy(file, { set: options.set, builtins: builtinPackages() });
  const { config, document } = study;
  const environment = await startRuntime(config.training.precision, options.json === true);
  const began = performance.now();
  progress.show('reading the data');
  const files = options.data.length > 0 ? { files: options.data } : {};
  const data = await loadData(config.data, { ...files, resolvePath: dataPaths(document) });
  progress.done(
    `${config.name}: ${data.rows} rows, ${data.schema.fields.length} fields, ${data.schema.domains.length - 1} domains`,
  );
  let current = '';
  const results = await runStudy(study, data, environment, {
    onCell: ({ backbone, method, seed }, index, total) => {
      current = `[${index + 1}/${total}] ${backbone} + ${method}, seed ${seed}`;
      progress.show(current);
    },
    onStep: (step, steps, loss) => progress.show(`${current}: step ${step}/${steps}, loss ${loss.toFixed(4)}`),
    onResult: ({ metrics, seconds }) => {
      const auc = metrics.auc === null ? 'undefined' : metrics.auc.toFixed(4);
      progress.done(`${current}: AUC ${auc} (${duration(seconds)})`);
    },
  });
  const folder = options.out ?? join('results', slug(config.name));
  const paths = await saveResults(folder, results);
  if (options.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else {
    process.stdout.write(
      `\n${toText(results)}\n\nDone in ${duration((performance.now() - began) / 1000)}. Written: ${paths.join(', ')}\n`,
    );
  }
}

/** `KuaiRand-Pure, tabs` as `kuairand-pure-tabs`. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
