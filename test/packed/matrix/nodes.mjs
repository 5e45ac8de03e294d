import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cleanEnvironment } from './environment.mjs';

/** The Node that runs this, or another one from the npm package `node`: its version, and the folder to put first on the path. */
export function nodeOf(version, folder) {
  const say = 'console.log(process.version + " " + process.execPath)';
  const empty = join(folder, 'nodes');
  mkdirSync(empty, { recursive: true });
  const printed =
    version === 'current'
      ? `${process.version} ${process.execPath}`
      : execFileSync('npx', ['-y', `node@${version}`, '-e', say], {
          cwd: empty,
          env: cleanEnvironment(),
          encoding: 'utf8',
        });
  const [, found, path] = /^v(\S+) (.*)$/m.exec(printed.trim());
  return { version: found, folder: dirname(path) };
}
