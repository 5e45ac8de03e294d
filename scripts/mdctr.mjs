// Runs the mdctr command in a checkout: builds what has changed, then becomes the command, in the caller's folder.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './run.mjs';

build();
const bin = join(root, 'packages/cli/dist/bin.js');
process.chdir(process.env.INIT_CWD ?? process.cwd());
process.argv[1] = bin;
await import(pathToFileURL(bin).href);
