import { loadConfig, unitReference } from '@mdctr/config';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { UnitFound } from './check-process/messages.js';
import { nameOf, StudyNames, type Placed, type StudyShape } from './study-names.js';
import type { Target } from './target.js';

/** Impressions of synthetic data: so many that a step's time can be measured, and no more. */
const ROWS = 20_000;

/** Rows of a step. */
const BATCH = 256;

/** Options of backbones that have them: all of one size. */
const SIZE = { hiddenUnits: [64, 32], crossLayers: 2 };
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  dnn: ['hiddenUnits'],
  dcnv2: ['hiddenUnits', 'crossLayers'],
};

/** A study that is over within about a minute on two cores. */
export interface SmallStudy {
  readonly config: string;
  /** Laid over it: `path=value`. */
  readonly set: readonly string[];
  /** What is otherwise than the study says, in sentences. */
  readonly notes: readonly string[];
}

/** What a small study has beside the units under work. */
export interface StudyChoices {
  /** Labels or short names of backbones; by default the first two. */
  readonly backbones?: readonly string[] | undefined;
  /** Names of the plugins that a new method is shown beside. */
  readonly references: readonly string[];
}

/**
 * The target's own study made small, or one of its own in `folder`: plain against the units under work, on synthetic data.
 * @throws MdctrError of a config that cannot be read
 */
export async function smallStudy(
  target: Target,
  units: readonly UnitFound[],
  folder: string,
  { backbones, references }: StudyChoices,
): Promise<SmallStudy> {
  if (target.study !== undefined) {
    return { config: target.study, ...madeSmall(target.study, target.entries, units, { backbones, references }) };
  }
  const config = join(folder, 'study.json');
  await writeFile(config, `${JSON.stringify(ownStudy(target, units, backbones), null, 2)}\n`);
  return { config, set: [], notes: [] };
}

function ownStudy(target: Target, units: readonly UnitFound[], backbones?: readonly string[]): object {
  const names = (kind: UnitFound['kind']): string[] =>
    units.filter((unit) => unit.kind === kind).map(({ name }) => name);
  const own = names('backbone');
  const plugins = names('plugin');
  const on = backbones ?? (own.length > 0 ? ['dnn', ...own] : ['dnn', 'dcnv2']);
  return {
    name: `dev ${[...own, ...plugins].join(', ')}`,
    packages: target.entries,
    data: { source: { kind: 'synthetic', rows: ROWS } },
    embedding: { dim: 8 },
    backbones: on.map((name) =>
      sized(
        name,
        units.find((unit) => unit.kind === 'backbone' && unit.name === name),
      ),
    ),
    methods: [{ label: 'plain' }, ...plugins.map((name) => ({ label: name, plugins: [name] }))],
    seeds: [1],
    training: { epochs: 1, batchSize: BATCH, optimizer: { kind: 'adam', learningRate: 0.005 } },
  };
}

function sized(name: string, unit?: UnitFound): object {
  const has = unit?.options ?? BUILT_IN[name] ?? [];
  return { name, ...Object.fromEntries(Object.entries(SIZE).filter(([option]) => has.includes(option))) };
}

/** Overrides: one seed, one epoch, the methods that matter, the first two backbones, few rows of synthetic data. */
function madeSmall(
  file: string,
  entries: readonly string[],
  units: readonly UnitFound[],
  { backbones: named, references }: StudyChoices,
): Pick<SmallStudy, 'set' | 'notes'> {
  const document = loadConfig(file);
  const { data, settings, search, analyses, ...study } = document.value() as StudyShape;
  const names = new StudyNames(document, entries, units);
  const notes: string[] = [];
  const missing = (kind: UnitFound['kind'], has: boolean): readonly string[] => {
    const own = has ? [] : units.filter((unit) => unit.kind === kind).map(({ name }) => name);
    const what = kind === 'plugin' ? 'method with' : 'backbone';
    for (const name of own) notes.push(`${basename(file)} has no ${what} ${name}; it is added.`);
    return own;
  };

  const all = names.list('backbone', study.backbones, ['backbones']);
  const labels = ({ unit, own }: Placed): string[] => [
    unitReference(nameOf(unit)).unit ?? nameOf(unit),
    ...(own === 'backbone' ? units.map(({ name }) => name) : []),
    ...(typeof unit === 'object' && unit.label !== undefined ? [unit.label] : []),
  ];
  const chosen = named
    ? all.filter((one) => labels(one).some((label) => named.includes(label)))
    : twoOf(all, ({ own }) => own === 'backbone');
  const on = chosen.length > 0 ? chosen : all;
  const added = named
    ? []
    : missing(
        'backbone',
        all.some(({ own }) => own === 'backbone'),
      );
  const backbones = [
    ...(added.length > 0 ? on.slice(0, 1) : on).map(({ unit }) => unit),
    ...added.map((name) =>
      sized(
        names.named(name),
        units.find((unit) => unit.kind === 'backbone' && unit.name === name),
      ),
    ),
  ];

  const methods = (study.methods ?? []).map((method, i) => {
    const plugins = names.list('plugin', method.plugins, ['methods', i, 'plugins']);
    return {
      method: { ...method, ...(method.plugins && { plugins: plugins.map(({ unit }) => unit) }) },
      own: plugins.some(({ own }) => own === 'plugin'),
      known: plugins.every(({ unit }) => references.includes(nameOf(unit).split('>').at(-1) ?? '')),
    };
  });
  const without = missing(
    'plugin',
    methods.some(({ own }) => own),
  );
  // Without a baseline nothing is compared: all methods are taken then.
  const compared = methods.some(({ known }) => known)
    ? methods.filter(({ own, known, method }) => own || known || method.label === analyses?.ownNetwork)
    : methods;
  const set: [string, unknown][] = [
    ...(study.packages ? [['packages', names.packages(study.packages)] as [string, unknown]] : []),
    ['backbones', backbones],
    [
      'methods',
      [
        ...compared.map(({ method }) => method),
        ...without.map((name) => ({ label: name, plugins: [names.named(name)] })),
      ],
    ],
    ['seeds', [1]],
    ['training.epochs', 1],
    ...(data?.source?.kind === 'synthetic'
      ? ([
          ['data.source.rows', ROWS],
          ['training.batchSize', BATCH],
        ] as [string, unknown][])
      : []),
    ...(settings && settings.length > 1 ? ([['settings', settings.slice(0, 1)]] as [string, unknown][]) : []),
    ...(search ? ([['search.trials', 1]] as [string, unknown][]) : []),
  ];
  return { set: set.map(([path, value]) => `${path}=${JSON.stringify(value)}`), notes };
}

/** The first two, and with a backbone under work that one and the first other. */
function twoOf<T>(all: readonly T[], under: (one: T) => boolean): readonly T[] {
  const own = all.find(under);
  if (own === undefined) return all.slice(0, 2);
  const other = all.find((one) => !under(one));
  return all.filter((one) => one === own || one === other);
}
