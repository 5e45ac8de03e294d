// A registry on this machine that serves the packages of this checkout, so that what a user types can be tried before they are
// published: `node scripts/release/local-registry.mjs [--port N]`, then `npm install mdctr --registry http://127.0.0.1:N` anywhere else.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { manifestOf, packAll } from './packages.mjs';

/**
 * Serves tarballs, on the loopback interface only. All other names are answered by a redirection to `upstream`, the
 * registry that npm is set to: whoever asks goes there with its own settings.
 * @returns its address, and a function that ends it
 */
export async function startRegistry(tarballs, { port = 0, upstream = configuredRegistry() } = {}) {
  const packages = new Map(
    tarballs.map((file) => {
      const manifest = manifestOf(file);
      return [manifest.name, { file, manifest }];
    }),
  );
  const files = new Map(tarballs.map((file) => [basename(file), file]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    const file = files.get(/\/-\/([^/]+\.tgz)$/.exec(path)?.[1]);
    if (file)
      return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(readFileSync(file));
    const known = packages.get(path);
    if (!known) return void response.writeHead(307, { location: new URL(request.url.slice(1), upstream).href }).end();
    const body = JSON.stringify(packument(known, `http://${request.headers.host}`));
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }).end(body);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const end = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, names: [...packages.keys()], upstream, end };
}

/** What a registry says of a package. */
function packument({ file, manifest }, host) {
  const { name, version } = manifest;
  const content = readFileSync(file);
  const hash = (algorithm, encoding) => createHash(algorithm).update(content).digest(encoding);
  const dist = {
    tarball: `${host}/${name}/-/${basename(file)}`,
    integrity: `sha512-${hash('sha512', 'base64')}`,
    shasum: hash('sha1', 'hex'),
  };
  const whole = { ...manifest, _id: `${name}@${version}`, dist };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: whole } };
}

/** The registry that npm is set to, with a slash at its end. */
function configuredRegistry() {
  const { status, stdout } = spawnSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const url = stdout?.trim() ?? '';
  if (status !== 0 || !/^https?:/.test(url)) throw new Error('`npm config get registry` gives no address.');
  return url.replace(/\/*$/, '/');
}

async function main() {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4873' } } });
  const { build } = await import('../run.mjs');
  build();
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-registry-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { url, names, upstream } = await startRegistry(packAll(folder), { port: Number(values.port) });
  console.log(`${url} serves ${names.length} packages of this checkout until Ctrl-C; all others come from ${upstream}`);
  console.log(`In another terminal, for npm and pnpm:  export npm_config_registry=${url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
