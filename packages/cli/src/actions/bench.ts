import { join } from 'node:path';
import { toText } from '@mdctr/report';
import { openStudy, runStudy, saveResults } from '@mdctr/study';
import { builtinPackages } from '../builtins.js';
import { startRuntime } from '../environment.js';
import { openData, type DataFlags } from '../open-data.js';
import { duration, Progress } from '../progress.js';

export interface BenchOptions extends DataFlags {
  readonly set: string[];
  readonly out?: string;
  readonly json?: true;
}

export async function bench(file: string, options: BenchOptions): Promise<void> {
  const progress = new Progress(!options.json);
  const study = await openStudy(file, { set: options.set, builtins: builtinPackages() });
  const { config } = study;
  const environment = await startRuntime(config.training.precision, options.json === true);
  const began = performance.now();
  const data = await openData(study, options, progress);
  const folder = options.out ?? join('results', slug(config.name));
  let current = { name: '', index: 0, total: 1 };
  let paths: readonly string[] = [];
  const results = await runStudy(study, data, environment, {
    onCell: ({ backbone, method, seed }, index, total) => {
      current = { name: `[${index + 1}/${total}] ${backbone} + ${method}, seed ${seed}`, index, total };
    },
    onStep: (step, steps, loss) => {
      const share = (current.index + step / steps) / current.total;
      progress.bar(share, `${current.name}: step ${step}/${steps}, loss ${loss.toFixed(4)}`);
    },
    // Saved before it is reported as done: a study that is killed keeps what it has.
    onResult: async ({ metrics, seconds }, results) => {
      paths = await saveResults(folder, results);
      const auc = metrics.auc === null ? 'undefined' : metrics.auc.toFixed(4);
      progress.done(`${current.name}: AUC ${auc} (${duration(seconds)})`);
    },
  });
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
