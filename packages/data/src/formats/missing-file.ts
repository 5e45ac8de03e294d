import { MdctrError, nearest, type ErrorDetails } from '@mdctr/base';
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * MDCTR_DATA_MISSING, with the path or pattern that leads nowhere.
 * @internal
 */
export class MissingFile extends MdctrError {
  constructor(
    readonly path: string,
    details: ErrorDetails,
  ) {
    super('MDCTR_DATA_MISSING', details);
  }
}

/** @throws MissingFile if there is no file of that path. */
export function requireFile(path: string): void {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts && !facts.isDirectory()) return;
  const near = facts ? undefined : neighbour(path);
  throw new MissingFile(path, {
    what: `The data file ${path} is ${facts ? 'a folder' : 'not there'}.`,
    hint: facts
      ? `Name the files in it, e.g. ${join(path, '*.csv')}.`
      : near
        ? `Did you mean ${near}?`
        : 'Check the path: that of a config is relative to the config, that of --data to the working directory.',
  });
}

/** A file beside the one that is not there whose name is like its name. */
function neighbour(path: string): string | undefined {
  try {
    const near = nearest(basename(path), readdirSync(dirname(path)));
    return near && join(dirname(path), near);
  } catch {
    return undefined;
  }
}
