// A process that runs one command line of the built `mdctr` after another, as its parent sends them: starting a process
// for each costs a second. It ends with its parent. See `runInHost` in command.ts.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { main } from '../../packages/cli/dist/main.js';

const streams = ['stdout', 'stderr'];

const WORDS = { ENOSPC: 'no space left on device', EACCES: 'permission denied', EROFS: 'read-only file system' };

/** Lets every write of a file fail as on a full disk; gives what undoes it. */
function breakWrites(code) {
  const { open, writeFile } = fs.promises;
  const { createWriteStream } = fs;
  const error = (path) => Object.assign(new Error(`${code}: ${WORDS[code]}, write '${path}'`), { code });
  fs.promises.writeFile = (path) => Promise.reject(error(path));
  fs.promises.open = (path, flags, ...rest) =>
    flags === 'w' ? Promise.reject(error(path)) : open(path, flags, ...rest);
  fs.createWriteStream = (path, options) => {
    const stream = createWriteStream(path, options);
    stream._write = (chunk, encoding, callback) => callback(error(path));
    stream._writev = (chunks, callback) => callback(error(path));
    return stream;
  };
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs.promises, { open, writeFile });
    fs.createWriteStream = createWriteStream;
    syncBuiltinESMExports();
  };
}

process.on('disconnect', () => process.exit());
process.on('message', async ({ args, cwd, env, writesFail }) => {
  const written = { stdout: '', stderr: '' };
  const writers = streams.map((name) => process[name].write);
  for (const name of streams) {
    process[name].write = (chunk, encoding, callback) => {
      written[name] += String(chunk);
      (typeof encoding === 'function' ? encoding : callback)?.();
      return true;
    };
  }
  const before = { ...process.env };
  Object.assign(process.env, env);
  process.chdir(cwd);
  const mend = writesFail === undefined ? () => {} : breakWrites(writesFail);
  let code;
  try {
    code = await main([process.execPath, 'mdctr', ...args]);
  } finally {
    mend();
    streams.forEach((name, i) => (process[name].write = writers[i]));
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  process.send({ code, ...written });
});
