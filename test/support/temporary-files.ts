import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before all tests: what they and the commands that they start leave in the temporary folder is removed after them. */
export default function setUp(): (() => void) | undefined {
  if (process.env.TMPDIR?.includes('mdctr-tests-')) return undefined; // of another project of this run
  const folder = mkdtempSync(join(tmpdir(), 'mdctr-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
