import { Command } from 'commander';
import { jsonOption } from '../options.js';
import type { DoctorFlags } from './run.js';

export function doctorCommand(): Command {
  return new Command('doctor')
    .summary('show how TensorFlow runs here and what could be better')
    .description('Sets TensorFlow up if need be, then shows tier, versions, threads and CPU features, with advice.')
    .option('--repair', 'check every byte of the cached set-up, and try again what failed before')
    .addOption(jsonOption())
    .action(async (options: DoctorFlags) => (await import('./run.js')).doctor(options));
}
