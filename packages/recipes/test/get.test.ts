import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { getDataset, LOCK_FILE, type Download, type GetOptions } from '../src/index.js';
import { errorOf, fill, made, madeFiles, tarGz, temporaryFolder, zip } from './fixtures.js';
import { serve, type Behaviour, type TestServer } from './server.js';

// Random text does not shrink: the archive is larger than a socket's buffers, so that a cut leaves a part.
let state = 1;
const noise = Array.from({ length: 1 << 18 }, () =>
  (state = (Math.imul(state, 1664525) + 1013904223) >>> 0).toString(36),
).join('\n');
const archive = await tarGz({ ...madeFiles, 'Made-1/noise.txt': noise });
const zipped = zip(madeFiles);
const others = await tarGz({ 'Made-1/data/log.csv': 'x' });
const md5 = createHash('md5').update(archive).digest('hex');
const half = archive.length >> 1;

const servers: TestServer[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function get(
  behaviour: Behaviour,
  {
    out = temporaryFolder(),
    body = archive,
    name = 'made.tar.gz',
    ...more
  }: Partial<Omit<GetOptions, 'plugins'>> & { body?: Buffer; name?: string; checksum?: Download['checksum'] } = {},
): Promise<{ out: string; server: TestServer; said: string[]; done: Promise<string> }> {
  const server = await serve(name, body, behaviour);
  servers.push(server);
  const { checksum, ...options } = more;
  const said: string[] = [];
  const file = { url: server.url, bytes: body.length, ...(checksum && { checksum }) };
  const done = getDataset(made([file]), {
    out,
    plugins: [],
    retries: 2,
    pauseMs: 1,
    say: (line) => said.push(line),
    ...options,
  });
  return { out, server, said, done };
}
const published: Download['checksum'] = { algorithm: 'md5', digest: md5 };

describe('mdctr data get', () => {
  it('downloads, checks, unpacks, and writes a config whose paths are there', async () => {
    const { out, said, done } = await get({}, { checksum: published });
    const config = JSON.parse(readFileSync(await done, 'utf8')) as { data: { source: { files: string[] } } };
    expect(config.data.source.files).toEqual(['Made-1/data/log.csv']);
    expect(readFileSync(join(out, 'Made-1/data/log.csv'), 'utf8')).toBe(madeFiles['Made-1/data/log.csv']);
    expect(readdirSync(out).sort()).toEqual(['Made-1', 'made.tar.gz', LOCK_FILE, 'study.json'].sort());
    expect(said.join('\n')).toContain(`md5 ${md5}, as published`);
  });

  it('goes on where a connection was cut, within a call and in a later one', async () => {
    const within = await get({ cutAfter: (request) => (request === 0 ? half : undefined) }, { checksum: published });
    await within.done;
    // What a client has buffered when a connection breaks may be lost.
    expect(within.server.ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
    const out = temporaryFolder();
    const broken = await get({ cutAfter: () => half, status: (request) => (request > 0 ? 503 : undefined) }, { out });
    const error = await errorOf(broken.done);
    const have = statSync(join(out, 'made.tar.gz.part')).size;
    expect([error.code, error.message.includes(`has ${have} bytes`)]).toEqual(['MDCTR_DOWNLOAD_FAILED', true]);
    // Another port is another address: the part is kept for one address only, so the server must be the same.
    const part = JSON.parse(readFileSync(join(out, 'made.tar.gz.part.json'), 'utf8')) as { url: string };
    const again = await serve('made.tar.gz', archive);
    servers.push(again);
    writeFileSync(join(out, 'made.tar.gz.part.json'), JSON.stringify({ ...part, url: again.url }));
    await getDataset(made([{ url: again.url, bytes: 1, checksum: published }]), { out, plugins: [] });
    expect(again.ranges).toEqual([`bytes=${have}-`]);
  });

  it.each([
    ['knows no ranges', { ranges: false }],
    ['has another file by now', { etag: (request: number) => `"${request}"` }],
    ['gives nothing to know the file again by', { etag: () => undefined }],
  ])('begins again where the server %s', async (_what, behaviour) => {
    const { done } = await get(
      { ...behaviour, cutAfter: (request) => (request === 0 ? half : undefined) },
      { checksum: published },
    );
    await done;
  });

  it('refuses a file of another checksum, and leaves nothing of it', async () => {
    const { out, done } = await get({}, { checksum: { algorithm: 'md5', digest: 'f'.repeat(32) } });
    const error = await errorOf(done);
    expect([error.code, error.details.found?.includes(md5), readdirSync(out)]).toEqual([
      'MDCTR_DOWNLOAD_CHECKSUM',
      true,
      [],
    ]);
  });

  it('records the checksum first seen where none is published, and holds the server to it', async () => {
    const { out, said, done } = await get({});
    await done;
    expect(said.join('\n')).toContain('the publisher gives no checksum');
    const lock = JSON.parse(readFileSync(join(out, LOCK_FILE), 'utf8')) as {
      files: Record<string, { sha256: string }>;
    };
    expect(lock.files['made.tar.gz']!.sha256).toBe(createHash('sha256').update(archive).digest('hex'));
    const fresh = fill(temporaryFolder(), { [LOCK_FILE]: JSON.stringify(lock) });
    const other = await get({}, { out: fresh, body: await tarGz(madeFiles) });
    const error = await errorOf(other.done);
    expect([error.code, error.message.includes('first seen'), readdirSync(fresh)]).toEqual([
      'MDCTR_DOWNLOAD_CHECKSUM',
      true,
      [LOCK_FILE],
    ]);
  });

  it('fetches nothing that is there', async () => {
    const { out, server, done } = await get({});
    await done;
    await getDataset(made([{ url: server.url, bytes: 1 }]), { out, plugins: [] });
    expect(server.ranges).toHaveLength(1);
  });

  it.each([
    ['404', { status: () => 404 }, {}, 'MDCTR_DOWNLOAD_FAILED', '404 Not Found'],
    ['an overloaded server', { status: () => 503 }, {}, 'MDCTR_DOWNLOAD_FAILED', '503'],
    ['a silent server', { silent: true }, { idleMs: 30, retries: 0 }, 'MDCTR_DOWNLOAD_FAILED', 'nothing has come'],
    ['no room', {}, { freeBytes: () => Promise.resolve(10) }, 'MDCTR_DOWNLOAD_SPACE', '10 bytes free'],
    ['an archive that is none', {}, { body: Buffer.from('not at all') }, 'MDCTR_ARCHIVE_DAMAGED', 'made.tar.gz'],
    ['a truncated archive', {}, { body: archive.subarray(0, half) }, 'MDCTR_ARCHIVE_DAMAGED', 'made.tar.gz'],
    ['a truncated zip', {}, { body: zipped.subarray(0, 90), name: 'made.zip' }, 'MDCTR_ARCHIVE_DAMAGED', 'made.zip'],
    ['an archive of other files', {}, { body: others }, 'MDCTR_DATASET_FILES', 'Made-1/data/users.csv'],
  ])('%s is told, and no data are left', async (_what, behaviour, more, code, part) => {
    const { out, done } = await get(behaviour, more);
    const error = await errorOf(done);
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
    expect(error.message.split('\n').length).toBeLessThanOrEqual(25);
    expect(readdirSync(out).filter((name) => /^\.unpacking|study\.json|\.part$/.test(name))).toEqual([]);
  });

  it('a full disk ends the download at once', async () => {
    if (!existsSync('/dev/full')) return console.warn('skipped: /dev/full is absent');
    const out = temporaryFolder();
    symlinkSync('/dev/full', join(out, 'made.tar.gz.part'));
    const { server, done } = await get({}, { out });
    expect((await errorOf(done)) as unknown as NodeJS.ErrnoException).toMatchObject({ code: 'ENOSPC' });
    expect(server.ranges).toHaveLength(1);
  });
});

describe('mdctr data get --from', () => {
  const none = made([]);

  it.each(['made.tar.gz', 'made.zip'])('takes an archive, %s', async (name) => {
    const from = join(fill(temporaryFolder(), { [name]: name.endsWith('zip') ? zipped : archive }), name);
    const out = join(temporaryFolder(), 'deep/out');
    await getDataset(none, { out, plugins: [], from });
    expect(existsSync(join(out, 'Made-1/data/users.csv'))).toBe(true);
  });

  it.each(['', 'Made-1', 'Made-1/data'])('leaves a folder where it is, whichever one is named: %j', async (below) => {
    const folder = fill(temporaryFolder(), madeFiles);
    const out = temporaryFolder();
    const config = JSON.parse(
      readFileSync(await getDataset(none, { out, plugins: [], from: join(folder, below) }), 'utf8'),
    ) as {
      data: { source: { files: string[]; joins: { files: string[] }[] } };
    };
    const { files, joins } = config.data.source;
    for (const path of [...files, ...joins[0]!.files]) expect(existsSync(join(out, path)), path).toBe(true);
  });

  it('is told what is missing, and how to get it without an address', async () => {
    const folder = fill(temporaryFolder(), { 'log.csv': 'x' });
    expect((await errorOf(getDataset(none, { plugins: [], out: folder, from: folder }))).details.found).toBe(
      'not there: Made-1/data/users.csv',
    );
    expect((await errorOf(getDataset(none, { plugins: [], out: folder, from: '/no/such' }))).code).toBe(
      'MDCTR_DATASET_FILES',
    );
    expect((await errorOf(getDataset(none, { plugins: [], out: folder }))).code).toBe('MDCTR_DATASET_BY_HAND');
  });
});
