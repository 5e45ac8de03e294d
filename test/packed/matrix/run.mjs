import { spawn } from 'node:child_process';

/** Exit code of the matrix where no registry answers (EX_TEMPFAIL of sysexits.h). */
export const NO_REGISTRY = 75;

/** Packages have to be fetched and no registry answers. */
export class NoRegistry extends Error {}

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|ERR_PNPM_META_FETCH_FAIL|ERR_PNPM_FETCH/;

/**
 * Runs a command while the registry of this process answers; gives what it wrote on both streams.
 * @param fetches whether it cannot do without a registry
 * @throws Error with the output if it fails, NoRegistry if it says so.
 */
export function run(command, args, { cwd, env, fetches = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(output);
      const network = NETWORK.exec(output)?.[0];
      if (fetches && network) return reject(new NoRegistry(network));
      reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output.slice(-4000)}`));
    });
  });
}
