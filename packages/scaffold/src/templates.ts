import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hook, Kind, Licence } from './choices.js';
import { className, type Names } from './names.js';

const FOLDER = fileURLToPath(new URL('../templates/', import.meta.url));

/** Names of files that npm would leave out of our own package, or take for its own settings. */
const HIDDEN = /^(gitignore|npmrc|github)(?=$|\/)/;

/** What stands in the place of the templates' words. */
export interface Filling extends Names {
  readonly kind: Kind;
  readonly licence: Licence;
  readonly holder: string;
  /** Versions of our packages, e.g. `^0.1.0`. */
  readonly range: string;
  readonly peerRange: string;
}

/** Files by path: relative, with `/`. */
export type Files = Readonly<Record<string, string>>;

/** All files of a package. */
export function packageFiles(hook: Hook, filling: Filling): Files {
  const layers = ['package', filling.kind, ...(filling.kind === 'plugin' ? [`hooks/${hook}`] : [])];
  const files = Object.assign({}, ...layers.map(read)) as Files;
  // Not called licences: pnpm would take it for the package's own licence, and leave that out.
  const licence = filling.licence === 'UNLICENSED' ? {} : { LICENSE: read('legal')[filling.licence]! };
  return fill({ ...files, ...licence }, filling);
}

/** One file and a study beside it. */
export function singleFiles(hook: Hook, filling: Filling): Files {
  const { 'src/unit-name.ts': unit, 'study.json': study } = {
    ...read(filling.kind),
    ...(filling.kind === 'plugin' && read(`hooks/${hook}`)),
  };
  return fill({ 'unit-name.ts': unit!, 'study.json': study!.replace('./src/', './') }, filling);
}

function read(layer: string): Files {
  const folder = join(FOLDER, layer);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The words are valid names where they stand, so that templates are compiled and linted as they are. */
function fill(files: Files, filling: Filling): Files {
  const words: Readonly<Record<string, string>> = {
    'package-name': filling.packageName,
    'unit-name': filling.unit,
    'unit-kind': filling.kind,
    UnitName: freeClassName(filling, Object.values(files)),
    'licence-name': filling.licence,
    'mdctr-range': filling.range,
    'mdctr-peer-range': filling.peerRange,
    'copyright-year': String(new Date().getFullYear()),
    'copyright-holder': filling.holder,
  };
  // The longest first: none may be taken for a part of another.
  const any = new RegExp(
    `\\b(${Object.keys(words)
      .sort((a, b) => b.length - a.length)
      .join('|')})\\b`,
    'g',
  );
  const filled = (text: string): string => text.replace(any, (word) => words[word]!);
  return Object.fromEntries(
    Object.entries(files)
      .map(([name, text]) => [filled(name.replace(HIDDEN, '.$1')), filled(text)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A class called `Type` would hide what the file imports under that name. */
function freeClassName({ unit, kind }: Pick<Filling, 'unit' | 'kind'>, texts: readonly string[]): string {
  const name = className(unit);
  const taken = new RegExp(`\\b${name}\\b`);
  return texts.some((text) => taken.test(text)) ? freeClassName({ unit: `${unit}-${kind}`, kind }, texts) : name;
}
