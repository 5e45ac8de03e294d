import { writeAtomic } from '../../src/index.js';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
const folder = mkdtempSync(join(tmpdir(), 'mdctr-whole-'));

it('writes a file with the folders above it, and replaces an older one', async () => {
  const path = join(folder, 'a', 'b.txt');
  await writeAtomic(path, 'first');
  await writeAtomic(path, async (temporary) => writeFileSync(temporary, 'second'));
  expect([readFileSync(path, 'utf8'), readdirSync(join(folder, 'a'))]).toEqual(['second', ['b.txt']]);
});

it('leaves the older one, and nothing beside it, when writing fails', async () => {
  const path = join(folder, 'c.txt');
  await writeAtomic(path, 'first');
  const failing = writeAtomic(path, async (temporary) => {
    writeFileSync(temporary, 'half');
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect([readFileSync(path, 'utf8'), readdirSync(folder).filter((name) => name.startsWith('c.'))]).toEqual([
    'first',
    ['c.txt'],
  ]);
});

it('leaves nothing when the process exits in between', () => {
  const path = join(folder, 'd.txt');
  const module = fileURLToPath(new URL('../../dist/files/write-atomic.js', import.meta.url));
  const script = `
    import { existsSync, writeFileSync } from 'node:fs';
    import { writeAtomic } from ${JSON.stringify(module)};
    await writeAtomic(${JSON.stringify(path)}, async (temporary) => {
      writeFileSync(temporary, 'half');
      process.exit(existsSync(temporary) ? 7 : 8);
    });`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  expect([status, existsSync(path), readdirSync(folder).filter((name) => name.startsWith('d.'))]).toEqual([
    7,
    false,
    [],
  ]);
});
