// The site of the documents: `node scripts/docs/site.mjs build` or `dev`. See site/.
import { build, run } from '../run.mjs';

const what = process.argv[2];
if (what !== 'build' && what !== 'dev') {
  console.error('node scripts/docs/site.mjs build|dev');
  process.exit(2);
}
build();
process.exitCode = run(`site/${what}.mjs`, [], { cwd: new URL('../../site', import.meta.url) });
