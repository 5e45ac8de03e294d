import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PEERS = ['torch', 'torch-rechub', 'fuxictr'];
/** What FuxiCTR 2.3 needs and does not ask for: to read CSV, and (fsspec) for data in blocks. */
const BESIDE = ['polars<2', 'pandas<3', 'fsspec[http]'];

/** A virtual environment with the peers in it; the path of its Python. */
export async function installPeers(folder) {
  const venv = join(folder, 'venv');
  console.error(`installing ${PEERS.join(', ')} into a virtual environment (some minutes)`);
  await run('python3', ['-m', 'venv', venv]);
  const python = join(venv, 'bin', 'python');
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PEERS, ...BESIDE], {
    maxBuffer: 1 << 26,
  });
  return python;
}

/** { python, torch, torch-rechub, fuxictr } */
export async function versionsOf(python) {
  const code = `import json, platform, sys; from importlib.metadata import version
print(json.dumps({"python": platform.python_version(), **{name: version(name) for name in sys.argv[1:]}}))`;
  const { stdout } = await run(python, ['-c', code, ...PEERS]);
  return JSON.parse(stdout);
}
