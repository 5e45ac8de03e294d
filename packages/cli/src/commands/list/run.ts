import { MdctrError, nearest, firstOf } from '@mdctr/base';
import { loadConfig } from '@mdctr/config';
import { isAbsolute, relative, resolve } from 'node:path';
import { API_VERSION, CORE_VERSION, type Unit } from '@mdctr/core';
import { openRegistry } from '@mdctr/study';
import { builtinPackages } from '../../builtins.js';
import { columns } from '../../terminal/columns.js';
import { optionLines } from './option-lines.js';

export interface ListFlags {
  readonly config?: string;
  readonly options?: true;
  readonly json?: true;
}

const KINDS = { backbones: 'backbone', plugins: 'plugin' } as const;

/** `what` is what the user typed: `backbones`, `plugins`, the name of a unit; all units without it. */
export async function list(what: string | undefined, { config, options, json }: ListFlags): Promise<void> {
  const document = config === undefined ? undefined : loadConfig(config);
  const registry = await openRegistry(builtinPackages(), document);
  const units = chosen(registry.list(), what);
  if (json) {
    const core = { name: '@mdctr/core', version: CORE_VERSION, contract: API_VERSION };
    process.stdout.write(`${JSON.stringify({ core, units: units.map(facts) }, null, 2)}\n`);
    return;
  }
  const whole = options === true || (what !== undefined && !(what in KINDS));
  const text = whole ? units.flatMap((unit) => [...inFull(unit), '']) : inShort(units);
  const core = `@mdctr/core ${CORE_VERSION}, contract version ${API_VERSION}.`;
  const more = whole ? '' : ' Options of one: npx mdctr list NAME; of all: npx mdctr list --options.';
  process.stdout.write(`${[...text, core + more].join('\n')}\n`);
}

/** Its keys are stable. */
function facts({ kind, name, packageName, origin, source, description, options }: Unit): object {
  return {
    kind,
    name,
    packageName,
    package: origin?.name ?? null,
    version: origin?.version ?? null,
    file: origin?.file ?? null,
    builtin: origin?.builtin ?? false,
    namedAt: origin?.at ?? null,
    source,
    description,
    options,
  };
}

function chosen(units: readonly Unit[], what: string | undefined): readonly Unit[] {
  if (what === undefined) return units;
  const kind = KINDS[what as keyof typeof KINDS];
  const found = units.filter((unit) => (kind === undefined ? unit.name === what : unit.kind === kind));
  if (found.length > 0 || kind !== undefined) return found;
  const names = units.map(({ name }) => name);
  const near = nearest(what, [...names, ...Object.keys(KINDS)]);
  throw new MdctrError('MDCTR_UNIT_UNKNOWN', {
    what: `No backbone or plugin has the name "${what}".`,
    expected: ['backbones, plugins', ...names].join(', '),
    hint: near ? `Did you mean "${near}"?` : 'Name the config that brings it: --config FILE.',
  });
}

/** A table with one line a unit, backbones first. */
function inShort(units: readonly Unit[]): string[] {
  const kinds = [...new Set(units.map(({ kind }) => kind))];
  const tables = kinds.map((kind) => [
    [`${kind}s`.toUpperCase(), 'FROM', 'NAMED BY', 'SOURCE', 'DESCRIPTION'],
    ...units.filter((unit) => unit.kind === kind).map(cells),
  ]);
  // One width of columns for both.
  const lines = columns(tables.flat());
  const begin = firstOf(lines).indexOf('DESCRIPTION');
  return tables.flatMap((table) => [...lines.splice(0, table.length).flatMap((line) => toWidth(line, begin)), '']);
}

const cells = (unit: Unit): string[] => [
  unit.name,
  packageText(unit),
  placeText(unit),
  unit.source ?? '',
  unit.description ?? '',
];

/** A unit with its options. */
function inFull(unit: Unit): string[] {
  const options = optionLines(unit.options);
  const width = Math.max(0, ...options.map(({ assignment }) => assignment.length));
  const origin = [packageText(unit), placeText(unit), unit.source].filter(Boolean).join(', ');
  return [
    `${unit.kind} ${unit.name}  (${origin})`,
    ...(unit.description ? [`  ${unit.description}`] : []),
    ...(options.length > 0
      ? options.map(({ assignment, text }) => `    ${assignment.padEnd(width)}  ${text}`)
      : ['    no options']),
  ];
}

/** `NAME@VERSION`, or the path of a file, as one would type it here. */
function packageText({ packageName, origin }: Unit): string {
  if (!origin) return packageName;
  const { name, version, file } = origin;
  return name === undefined ? fromHere(file) : version === undefined ? name : `${name}@${version}`;
}

function placeText({ origin }: Unit): string {
  if (!origin?.at) return 'built in';
  const { file, line } = origin.at;
  const place = isAbsolute(file) ? fromHere(file) : file;
  return line === undefined ? place : `${place}:${line}`;
}

function fromHere(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  return path.startsWith('..') ? resolve(file) : path;
}

/** Columns of a line that goes to a file or to another program. */
const WIDTH = 120;

/** A description is not broken into less. */
const LEAST = 30;

/** A line's description, which begins at a column, goes on below itself; where there is no room for that, the line is cut. */
function toWidth(line: string, begin: number): string[] {
  const width = (process.stdout.isTTY ? process.stdout.columns : 0) || WIDTH;
  if (line.length <= width) return [line];
  if (width - begin < LEAST) return [`${line.slice(0, width - 1).trimEnd()}…`];
  const lines: string[] = [];
  for (const word of line.slice(begin).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && begin + last.length + 1 + word.length <= width) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines.map((text, i) => (i === 0 ? line.slice(0, begin) : ' '.repeat(begin)) + text);
}
