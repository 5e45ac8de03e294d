import { openTrial, profileTrial, startRuntime } from '@mdctr/study';
import { builtinPackages } from '../../builtins.js';
import { dataFacts, openData, type DataFlags } from '../../data/open-data.js';
import { profileReport } from './report-text.js';
import { Progress } from '../../terminal/progress.js';

export interface ProfileFlags extends DataFlags {
  readonly set: string[];
  readonly steps: number;
  readonly top: number;
  readonly json?: true;
}

/** Version of what `--json` prints; docs/profile.md describes it. */
const VERSION = 1;

export async function profile(file: string, options: ProfileFlags): Promise<void> {
  const { steps, top, json } = options;
  const progress = new Progress(!json);
  const trial = await openTrial(file, { ...options, builtins: builtinPackages() });
  const { config, registry } = trial;
  const environment = await startRuntime(config.training.precision, json === true);
  const data = await openData(trial, options, progress);
  const models = config.plugins.length > 1 ? config.plugins.length + 2 : config.plugins.length + 1;
  const result = await profileTrial(
    config,
    { registry, data },
    { steps, onBlock: (share) => progress.bar(share, `${steps} steps of ${models} models, in turns`) },
  );
  progress.clear();
  if (json) {
    const facts = { version: VERSION, name: config.name, data: dataFacts(data), environment };
    process.stdout.write(`${JSON.stringify({ ...facts, ...result }, null, 2)}\n`);
    return;
  }
  process.stdout.write(profileReport(result, environment, top));
}
