import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { install, installedManifest, touchedSince, verifyInstalled, withLock } from '../src/runtime/cache.js';
import { download } from '../src/runtime/download.js';
import { ensureRuntime, runtime, silentReport, type Tensor } from '../src/index.js';

let dir: string;
let server: Server;
let base: string;
const content = Buffer.from('the archive');

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mdctr-'));
  server = createServer((request, response) => {
    const md5 = createHash('md5')
      .update(request.url === '/damaged' ? 'other' : content)
      .digest('base64');
    if (request.url === '/missing') return void response.writeHead(404).end();
    if (request.url === '/dead') return;
    response.writeHead(200, { 'x-goog-hash': `crc32c=AAAA,md5=${md5}`, 'content-length': content.length });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true, force: true });
});

describe('download', () => {
  it('keeps what the checksum confirms', async () => {
    await download(`${base}/good`, join(dir, 'good'), () => undefined);
    expect(await readFile(join(dir, 'good'))).toEqual(content);
  });
  it('refuses a wrong checksum', async () => {
    await expect(download(`${base}/damaged`, join(dir, 'bad'), () => undefined)).rejects.toThrow('checksum');
  });
  it('says what the host answered', async () => {
    await expect(download(`${base}/missing`, join(dir, 'none'), () => undefined)).rejects.toThrow('answered 404');
  });
  it('gives up on a host that does not answer', async () => {
    await expect(download(`${base}/dead`, join(dir, 'dead'), () => undefined)).rejects.toThrow(
      'does not answer in time',
    );
  });
  it('gives up on a host that is not there', async () => {
    await expect(download('http://127.0.0.1:9/', join(dir, 'none'), () => undefined)).rejects.toThrow(
      'cannot be reached',
    );
  });
});

describe('cache', () => {
  it('counts as installed only while every file is whole', async () => {
    const staging = join(dir, 'staging');
    const target = join(dir, 'tier');
    await mkdir(staging);
    await writeFile(join(staging, 'lib.so'), 'library');
    expect(installedManifest(target)).toBeUndefined();
    await install(staging, target, { tier: 'compiled', tensorflowVersion: '1', setupMs: 5 }, ['lib.so']);
    const manifest = installedManifest(target)!;
    expect(manifest.setupMs).toBe(5);
    expect(await verifyInstalled(target, manifest)).toBe(true);
    expect(touchedSince(target, manifest)).toBe(false);
    await utimes(join(target, 'lib.so'), 1, 1); // touched, content unchanged: checked once, then trusted
    expect(touchedSince(target, manifest)).toBe(true);
    expect(await verifyInstalled(target, manifest)).toBe(true);
    expect(touchedSince(target, installedManifest(target)!)).toBe(false);
    await writeFile(join(target, 'lib.so'), 'librarx');
    expect(touchedSince(target, installedManifest(target)!)).toBe(true);
    expect(await verifyInstalled(target, manifest)).toBe(false);
    await writeFile(join(target, 'lib.so'), 'short');
    expect(installedManifest(target)).toBeUndefined();
  });

  it('lets one set-up run at a time', async () => {
    const order: string[] = [];
    const job = (name: string): Promise<void> =>
      withLock(
        join(dir, 'cache'),
        () => order.push(`${name} waits`),
        async () => {
          order.push(`${name} begins`);
          await new Promise((resolve) => setTimeout(resolve, 50));
          order.push(`${name} ends`);
        },
      );
    await Promise.all([job('a'), job('b')]);
    const begun = order.filter((entry) => !entry.endsWith('waits')).map((entry) => entry.split(' ')[1]);
    expect(begun).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  it('takes over the lock of a process that is gone', async () => {
    await mkdir(join(dir, 'stale'), { recursive: true });
    await writeFile(join(dir, 'stale', 'setup.lock'), '999999999');
    expect(
      await withLock(
        join(dir, 'stale'),
        () => undefined,
        async () => Promise.resolve('ran'),
      ),
    ).toBe('ran');
  });
});

describe('tier wasm', () => {
  it('trains without native code: gradients of a look-up and a matrix product', async () => {
    expect(() => runtime()).toThrow('MDCTR_RUNTIME_NOT_READY');
    const info = await ensureRuntime({ tiers: ['wasm'], report: silentReport });
    expect(info).toMatchObject({ tier: 'wasm', backend: 'wasm' });
    const { analyticGradients, numericGradients, expectClose } = await import('./numeric.js');
    const t = await import('../src/index.js');
    const op = (x: Tensor, w: Tensor): Tensor =>
      t.relu(t.matMul(t.gatherRows(x, t.indexVector(Int32Array.of(2, 0, 2))), w));
    const shapes = [
      [3, 2],
      [2, 4],
    ];
    const { gradients } = analyticGradients(op as never, shapes);
    numericGradients(op as never, shapes).forEach((numeric, i) => expectClose(gradients[i]!, numeric, 2e-2));
  });
});
