import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '@mdctr/core';
import type { UnitFound } from './check-process/messages.js';
import type { Target } from './target.js';

/** Impressions of synthetic data: so many that a step's time can be measured, and no more. */
const ROWS = 20_000;

/** Rows of a step. */
const BATCH = 256;

/** Options of the built-in backbones. */
const WIDTHS: Readonly<Record<string, object>> = {
  dnn: { hiddenUnits: [64, 32] },
  dcnv2: { hiddenUnits: [64, 32], crossLayers: 2 },
};

/** A study that is over within about a minute on two cores. */
export interface SmallStudy {
  readonly config: string;
  /** Laid over it: `path=value`. */
  readonly set: readonly string[];
}

interface NamedUnit {
  readonly name: string;
  readonly label?: string;
}

interface StudyShape {
  readonly data?: { readonly source?: { readonly kind?: string } };
  readonly backbones?: readonly (string | NamedUnit)[];
  readonly methods?: readonly { readonly label?: string; readonly plugins?: readonly (string | NamedUnit)[] }[];
  readonly settings?: readonly unknown[];
  readonly search?: { readonly kind?: string };
}

/**
 * The target's own study made small, or one of its own in `folder`: plain against the units under work, on synthetic data.
 * @throws MdctrError of a config that cannot be read
 */
export async function smallStudy(
  target: Target,
  units: readonly UnitFound[],
  folder: string,
  backbones?: readonly string[],
): Promise<SmallStudy> {
  if (target.study !== undefined) return { config: target.study, set: madeSmall(target.study, units, backbones) };
  const config = join(folder, 'study.json');
  await writeFile(config, `${JSON.stringify(ownStudy(target, units, backbones), null, 2)}\n`);
  return { config, set: [] };
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
    backbones: on.map((name) => (WIDTHS[name] ? { name, ...WIDTHS[name] } : name)),
    methods: [{ label: 'plain' }, ...plugins.map((name) => ({ label: name, plugins: [name] }))],
    seeds: [1],
    training: { epochs: 1, batchSize: BATCH, optimizer: { kind: 'adam', learningRate: 0.005 } },
  };
}

/** Overrides: one seed, one epoch, the methods that matter, the first two backbones, few rows of synthetic data. */
function madeSmall(file: string, units: readonly UnitFound[], named?: readonly string[]): string[] {
  const { data, backbones = [], methods = [], settings, search } = loadConfig(file).value() as StudyShape;
  const labels = (unit: string | NamedUnit): string[] =>
    typeof unit === 'string' ? [unit] : [unit.name, ...(unit.label === undefined ? [] : [unit.label])];
  const short = (name: string): string => name.split('>').at(-1)!;
  const under = (kind: UnitFound['kind'], unit: string | NamedUnit): boolean =>
    units.some((own) => own.kind === kind && own.name === short(labels(unit)[0]!));
  const on = named
    ? backbones.filter((unit) => labels(unit).some((label) => named.includes(label)))
    : twoOf(backbones, (unit) => under('backbone', unit));
  const compared = methods.filter(({ plugins = [] }) => {
    const known = plugins.every((unit) => short(labels(unit)[0]!) === 'adasparse');
    return known || plugins.some((unit) => under('plugin', unit));
  });
  const set: [string, unknown][] = [
    ['seeds', [1]],
    ['training.epochs', 1],
    ...(data?.source?.kind === 'synthetic'
      ? ([
          ['data.source.rows', ROWS],
          ['training.batchSize', BATCH],
        ] as [string, unknown][])
      : []),
    ...(on.length > 0 && on.length < backbones.length ? ([['backbones', on]] as [string, unknown][]) : []),
    ...(compared.length < methods.length && compared.length > 1
      ? ([['methods', compared]] as [string, unknown][])
      : []),
    ...(settings && settings.length > 1 ? ([['settings', settings.slice(0, 1)]] as [string, unknown][]) : []),
    ...(search ? ([['search.trials', 1]] as [string, unknown][]) : []),
  ];
  return set.map(([path, value]) => `${path}=${JSON.stringify(value)}`);
}

/** The first two, and with a backbone under work that one and the first other. */
function twoOf<T>(all: readonly T[], under: (one: T) => boolean): readonly T[] {
  const own = all.find(under);
  if (own === undefined) return all.slice(0, 2);
  const other = all.find((one) => !under(one));
  return all.filter((one) => one === own || one === other);
}
