import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MdctrError } from '@mdctr/base';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lacksLightgbm } from '../src/lightgbm/python.js';
import { runScript } from '../src/lightgbm/run-script.js';

const folder = mkdtempSync(join(tmpdir(), 'mdctr-python-'));
afterEach(() => vi.unstubAllEnvs());

/** A program in the place of Python. */
function program(script: string): string {
  const path = join(folder, 'program');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('MDCTR_PYTHON', path);
  return path;
}

const failure = async (): Promise<MdctrError> => {
  const error: unknown = await runScript(folder).catch((thrown: unknown) => thrown);
  if (error instanceof MdctrError) return error;
  throw new Error('no MdctrError', { cause: error });
};

describe.skipIf(process.platform === 'win32')('the Python of a baseline', () => {
  it('is asked for LightGBM, and what it lacks is said with what gets it', async () => {
    program('exit 0');
    expect(await lacksLightgbm()).toBeUndefined();
    const path = program('exit 1');
    expect(await lacksLightgbm()).toContain(`"${path} -m pip install lightgbm numpy"`);
    rmSync(path);
    expect(await lacksLightgbm()).toContain(`there is no Python at ${path}`);
  });

  it('that fails ends in an error with its last lines', async () => {
    program('for i in 1 2 3 4 5 6 7 8 9; do echo "line $i" >&2; done; exit 3');
    const { code, details } = await failure();
    expect(code).toBe('MDCTR_BASELINE_SCRIPT');
    expect(details.found).toMatch(/^exit 3 of .*line 2\s+line 3[^]*line 9$/s);
    expect(details.found).not.toContain('line 1');
  });

  it('that is not there is the same error', async () => {
    vi.stubEnv('MDCTR_PYTHON', join(folder, 'none'));
    expect((await failure()).details.found).toContain('ENOENT');
  });

  it('is ended when the study is', async () => {
    program('exec sleep 600');
    const controller = new AbortController();
    const running = runScript(folder, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });
});
