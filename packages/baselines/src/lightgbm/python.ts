import { execFile } from 'node:child_process';

/** The Python that scripts run in: the one that MDCTR_PYTHON names, else the one on the path. */
export const pythonPath = (): string => process.env.MDCTR_PYTHON ?? 'python3';

/** For an import: a slow disk is no lack. */
const TIMEOUT_MS = 120_000;

/** Says what that Python lacks for LightGBM, and how to get it; undefined where it has all. */
export async function lacksLightgbm(): Promise<string | undefined> {
  const python = pythonPath();
  const failure = await new Promise<(Error & { code?: unknown }) | null>((resolve) => {
    execFile(python, ['-c', 'import numpy, lightgbm'], { timeout: TIMEOUT_MS }, resolve);
  });
  if (!failure) return undefined;
  const how = 'with --python PATH or MDCTR_PYTHON';
  return failure.code === 'ENOENT'
    ? `there is no Python at ${python}; install one with "pip install lightgbm numpy", and name it ${how}`
    : `${python} cannot load LightGBM; "${python} -m pip install lightgbm numpy" gets it, or name another Python ${how}`;
}
