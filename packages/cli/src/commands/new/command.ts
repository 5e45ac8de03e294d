import { scaffoldCommand } from '@mdctr/scaffold';
import { Command } from 'commander';

/** `mdctr new ...`: packages of one's own. */
export function newCommand(): Command {
  return new Command('new')
    .summary('make a package for a plugin or backbone of your own')
    .description('Makes a package for a plugin or backbone of your own, or a single file to try an idea.')
    .addCommand(scaffoldCommand('plugin', 'plugin'))
    .addCommand(scaffoldCommand('backbone', 'backbone'));
}
