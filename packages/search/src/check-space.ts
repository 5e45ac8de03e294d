import { MdctrError, type ErrorDetails, type SourceLocation, itemAt } from '@mdctr/base';
import { formatPath, type DocumentPath } from '@mdctr/config';
import { applyValues, parsePath, type Parts } from './apply-values.js';
import { checkDimension, extremesOf, type Checked } from './dimension.js';
import type { SearchOptions, Space } from './options.js';

/** Where the dimensions were written, and what they change. */
export interface SpaceSource {
  /** Gives the place of a value in the config. */
  readonly locate?: (path: DocumentPath) => SourceLocation;
  /** Where the method's own dimensions stand: `['methods', 0, 'search']`. */
  readonly ownPlace?: DocumentPath;
  /** The options that values are laid over; with them, paths and types are checked too. */
  readonly parts?: Parts;
}

export interface CheckedDimension {
  readonly path: string;
  readonly checked: Checked;
  readonly place: Pick<ErrorDetails, 'at' | 'path'>;
  /** As it stands in the config. */
  readonly written: string;
}

export interface CheckedSpace {
  /** The common ones first, each in the order of the config. */
  readonly dimensions: readonly CheckedDimension[];
  /** Each end of a range and each choice alone, to be laid over the options and held against their schemas. */
  readonly extremes: readonly {
    readonly path: string;
    readonly value: unknown;
    readonly place: CheckedDimension['place'];
  }[];
}

const COMMON = ['training', 'embedding', 'backbone'];

/**
 * Checks the dimensions that all methods share and those of one method.
 * @throws MdctrError MDCTR_SEARCH_DIMENSION; MDCTR_SEARCH_PATH for a path that cannot be searched or that the options lack.
 */
export function checkSpace(options: SearchOptions, methodSpace: Space, source: SpaceSource): CheckedSpace {
  const { locate, ownPlace = ['methods', 0, 'search'], parts } = source;
  const read = (space: Space, section: DocumentPath, sections: readonly string[]): (CheckedDimension & Extremes)[] =>
    Object.entries(space).map(([path, dimension]) => {
      const full = [...section, path];
      const place = { ...(locate && { at: locate(full) }), path: `${formatPath(section)}["${path}"]` };
      refusePath(path, sections, options, place);
      const checked = checkDimension(dimension, place);
      const extremes = extremesOf(dimension);
      if (parts) for (const value of extremes) applyValues(parts, { [path]: value }, () => place);
      return { path, checked, place, written: JSON.stringify(dimension), extremes };
    });
  const all = [...read(options.space, ['search', 'space'], COMMON), ...read(methodSpace, ownPlace, ['plugins'])];
  refuseNested(all);
  return {
    dimensions: all,
    extremes: all.flatMap(({ path, place, extremes }) => extremes.map((value) => ({ path, value, place }))),
  };
}

interface Extremes {
  readonly extremes: readonly unknown[];
}

function refusePath(
  path: string,
  sections: readonly string[],
  { kind }: SearchOptions,
  place: Pick<ErrorDetails, 'at' | 'path'>,
): void {
  const steps = parsePath(path);
  const refuse = (what: string, expected: string, hint: string): never => {
    throw new MdctrError('MDCTR_SEARCH_PATH', { what, ...place, expected, found: path, hint });
  };
  const [section, second] = steps;
  if (!sections.includes(String(section)) || steps.length < 2 || (section === 'plugins' && steps.length < 3)) {
    const ofMethod = sections[0] === 'plugins';
    refuse(
      ofMethod
        ? 'A method’s own search is over options of its plugins.'
        : 'The search of all methods is not over this.',
      ofMethod ? 'plugins[0].OPTION' : sections.map((name) => `${name}.OPTION`).join(', '),
      ofMethod
        ? 'What all methods have belongs into search.space: it is tuned for all of them or for none.'
        : 'Options of a plugin belong into the "search" of its method.',
    );
  }
  if (['kind', 'name'].includes(String(steps.at(-1)))) {
    refuse(
      `What "${steps.at(-1)}" is decides which other options there are.`,
      'an option, or a whole object',
      'Search over the whole object, e.g. "training.optimizer": { "values": [{ "kind": "adam" }, { "kind": "adagrad" }] }.',
    );
  }
  if (kind === 'halving' && section === 'training' && second === 'epochs') {
    refuse('Halving shares out epochs itself.', 'another option', 'Set training.epochs to those of the last rung.');
  }
}

/** Of `a` and `a.b` the one that is applied last would win. */
function refuseNested(dimensions: readonly CheckedDimension[]): void {
  const paths = dimensions.map(({ path }) => formatPath(parsePath(path)));
  for (const [i, path] of paths.entries()) {
    const around = paths.find((other, j) => i !== j && within(path, other));
    if (around === undefined) continue;
    throw new MdctrError('MDCTR_SEARCH_PATH', {
      what: `Two dimensions change "${path}".`,
      ...itemAt(dimensions, i).place,
      expected: `"${around}" or a path within it, not both`,
      found: path,
    });
  }
}

/** Whether a path is another one, or leads to a part of what that names. */
function within(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);
}
