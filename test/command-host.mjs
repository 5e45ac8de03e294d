// A process that runs one command line of the built `mdctr` after another, as its parent sends them: starting a process
// for each costs a second. See `startHost` in command.ts.
import { main } from '../packages/cli/dist/main.js';

const streams = ['stdout', 'stderr'];

process.on('message', async ({ args, cwd, env }) => {
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
  let code;
  try {
    code = await main([process.execPath, 'mdctr', ...args]);
  } finally {
    streams.forEach((name, i) => (process[name].write = writers[i]));
    for (const name of Object.keys(env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  process.send({ code, ...written });
});
