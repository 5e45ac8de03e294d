import type { MdctrError } from '@mdctr/base';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { create } from 'tar';
import type { Recipe } from '../src/index.js';

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'mdctr-recipes-'));

/** Writes files, by path below a folder. */
export function fill(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export async function tarGz(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = fill(temporaryFolder(), files);
  const stream = create({ gzip: true, cwd: folder, portable: true }, [
    ...new Set(Object.keys(files).map((name) => name.split('/')[0]!)),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A zip archive whose files are stored as they are. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, body] = [Buffer.from(path), Buffer.from(text)];
    const shared = Buffer.alloc(26); // version 2, no flags, stored, no date
    shared.writeUInt16LE(20, 0);
    shared.writeUInt32LE(crc32(body), 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(body.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    local.push(Buffer.from('PK\x03\x04'), shared, name, body);
    central.push(Buffer.from('PK\x01\x02\x14\x00'), shared, tail, name);
    offset += 30 + name.length + body.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(local.length / 4, 8);
  end.writeUInt16LE(local.length / 4, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

/** A data set of one log and one side table, `Made-1/data/...`. */
export const made = (downloads: Recipe['downloads']): Recipe => ({
  name: 'made',
  title: 'Made',
  summary: 'Made for tests.',
  rows: 4,
  domains: '2 tabs',
  licence: 'none',
  citation: 'nobody',
  home: 'https://example.org/made',
  downloads,
  data: {
    source: {
      kind: 'files',
      files: ['Made-1/data/log.csv'],
      joins: [{ files: ['Made-1/data/users.csv'], key: 'user' }],
    },
    label: 'click',
    domain: 'tab',
    split: { by: 'seed', validation: 0.2, test: 0.2 },
  },
  notes: [],
  layoutFrom: 'here',
});

export const madeFiles = {
  'Made-1/data/log.csv': 'user,tab,click\n1,a,0\n2,b,1\n',
  'Made-1/data/users.csv': 'user,age\n1,30\n2,40\n',
};

/** The error that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<MdctrError> {
  try {
    await promise;
  } catch (error) {
    return error as MdctrError;
  }
  throw new Error('nothing was thrown');
}
