import { MdctrError } from '@mdctr/base';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHEMA_VERSION, type StudyResults } from '@mdctr/report';

/**
 * Reads what `mdctr bench` left.
 * @param path results.json, or the folder that it is in.
 * @throws MdctrError MDCTR_RESULTS_MISSING, MDCTR_RESULTS_VERSION, MDCTR_RESULTS_INVALID.
 */
export async function readResults(path: string): Promise<{ file: string; results: StudyResults }> {
  const folder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = folder ? join(path, 'results.json') : path;
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new MdctrError('MDCTR_RESULTS_MISSING', {
      what: 'There are no results to report.',
      at: { file },
      hint: 'Name the folder that mdctr bench wrote, or the results.json in it.',
      cause,
    });
  });
  return { file, results: parse(text, file) };
}

function parse(text: string, file: string): StudyResults {
  const refuse = (found: string, cause?: unknown): never => {
    throw new MdctrError('MDCTR_RESULTS_INVALID', {
      what: 'This is not the results of a study.',
      at: { file },
      expected: `results.json as mdctr bench writes it, schemaVersion ${SCHEMA_VERSION}, with "table" and "trials"`,
      found,
      hint: 'Run npx mdctr bench again, or name another file.',
      cause,
    });
  };
  let value: Partial<StudyResults> | null;
  try {
    value = JSON.parse(text) as Partial<StudyResults> | null;
  } catch (cause) {
    return refuse(`no JSON: ${(cause as Error).message}`, cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('JSON of another kind');
  if (typeof value.schemaVersion !== 'number') return refuse('no schemaVersion');
  if (value.schemaVersion !== SCHEMA_VERSION) throw otherVersion(value.schemaVersion, file);
  const lists = ['table', 'trials'] as const;
  const absent =
    lists.find((key) => !Array.isArray(value[key])) ?? (typeof value.data === 'object' ? undefined : 'data');
  if (absent) return refuse(`no "${absent}"`);
  return value as StudyResults;
}

/**
 * Names of metrics have changed their meaning from version to version: numbers under them are not to be taken for
 * others.
 */
function otherVersion(found: number, file: string): MdctrError {
  return new MdctrError('MDCTR_RESULTS_VERSION', {
    what: 'These results were written by another version of mdctr, in which metrics have other names.',
    at: { file },
    expected: `schemaVersion ${SCHEMA_VERSION}`,
    found: `schemaVersion ${found}`,
    hint: 'Report them with the version that wrote them, or run npx mdctr bench again.',
  });
}
