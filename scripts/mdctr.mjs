// Runs the mdctr command in a checkout: builds what has changed, then starts it in the caller's folder.
import { build, run } from './run.mjs';

build();
process.exitCode = run('packages/cli/dist/bin.js', process.argv.slice(2), {
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
