import { loadConfig, unitReference, type ConfigDocument } from '@mdctr/config';
import { basename } from 'node:path';
import type { UnitFound } from './check-process/messages.js';
import { BATCH, ROWS, smallBackbone } from './small-sizes.js';
import { nameOf, StudyNames, type NamedUnit, type Placed, type StudyShape } from './study-names.js';

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

/** One override: a path of the config and its value. */
type Override = readonly [path: string, value: unknown];

/** A target's study made small: one seed, one epoch, the methods that matter, the first two backbones, few rows. */
export class SmallCopy {
  private readonly document: ConfigDocument;
  private readonly study: StudyShape;
  private readonly names: StudyNames;
  private readonly notes: string[] = [];

  constructor(
    private readonly file: string,
    entries: readonly string[],
    private readonly units: readonly UnitFound[],
  ) {
    this.document = loadConfig(file);
    this.study = this.document.value() as StudyShape;
    this.names = new StudyNames(this.document, entries, units);
  }

  overrides({ backbones, references }: StudyChoices): Pick<SmallStudy, 'set' | 'notes'> {
    const { data, packages, settings, search, baselines } = this.study;
    const set: Override[] = [];
    if (packages) set.push(['packages', this.names.packages(packages)]);
    set.push(['backbones', this.backbones(backbones)], ['methods', this.methods(references)]);
    set.push(['seeds', [1]], ['training.epochs', 1]);
    if (data?.source?.kind === 'synthetic') set.push(['data.source.rows', ROWS], ['training.batchSize', BATCH]);
    if (settings && settings.length > 1) set.push(['settings', settings.slice(0, 1)]);
    if (baselines) set.push(['baselines', []]);
    if (search) set.push(['search.trials', 1]);
    return { set: set.map(([path, value]) => `${path}=${JSON.stringify(value)}`), notes: this.notes };
  }

  /** Those asked for, or the first two; with one under work that is missing, it and the first. */
  private backbones(named: readonly string[] | undefined): (NamedUnit | object)[] {
    const all = this.names.list('backbone', this.study.backbones, ['backbones']);
    const isUnderWork = ({ underWork }: Placed): boolean => underWork === 'backbone';
    const matching = named
      ? all.filter((backbone) => this.labels(backbone).some((label) => named.includes(label)))
      : twoOf(all, isUnderWork);
    const chosen = matching.length > 0 ? matching : all;
    const added = named ? [] : this.missing('backbone', all.some(isUnderWork));
    return [
      ...(added.length > 0 ? chosen.slice(0, 1) : chosen).map(({ unit }) => unit),
      ...added.map((name) =>
        smallBackbone(
          this.names.named(name),
          this.units.find((unit) => unit.kind === 'backbone' && unit.name === name),
        ),
      ),
    ];
  }

  /** What a backbone can be asked for by. */
  private labels({ unit, underWork }: Placed): string[] {
    return [
      unitReference(nameOf(unit)).unit ?? nameOf(unit),
      ...(underWork === 'backbone' ? this.units.map(({ name }) => name) : []),
      ...(typeof unit === 'object' && unit.label !== undefined ? [unit.label] : []),
    ];
  }

  /** The methods with a plugin under work, and the baselines that they are compared with. */
  private methods(references: readonly string[]): object[] {
    const { methods = [], analyses } = this.study;
    const placed = methods.map((method, i) => {
      const plugins = this.names.list('plugin', method.plugins, ['methods', i, 'plugins']);
      return {
        method: { ...method, ...(method.plugins && { plugins: plugins.map(({ unit }) => unit) }) },
        isUnderWork: plugins.some(({ underWork }) => underWork === 'plugin'),
        isReference: plugins.every(({ unit }) => references.includes(nameOf(unit).split('>').at(-1) ?? '')),
      };
    });
    const added = this.missing(
      'plugin',
      placed.some(({ isUnderWork }) => isUnderWork),
    );
    // Without a baseline nothing is compared: all methods are taken then.
    const compared = placed.some(({ isReference }) => isReference)
      ? placed.filter(
          ({ isUnderWork, isReference, method }) => isUnderWork || isReference || method.label === analyses?.ownNetwork,
        )
      : placed;
    return [
      ...compared.map(({ method }) => method),
      ...added.map((name) => ({ label: name, plugins: [this.names.named(name)] })),
    ];
  }

  /** Names of the units under work where the study has none of their kind, each with a note that it is added. */
  private missing(kind: UnitFound['kind'], has: boolean): readonly string[] {
    if (has) return [];
    const names = this.units.filter((unit) => unit.kind === kind).map(({ name }) => name);
    const what = kind === 'plugin' ? 'method with' : 'backbone';
    for (const name of names) this.notes.push(`${basename(this.file)} has no ${what} ${name}; it is added.`);
    return names;
  }
}

/** The first two, and with a backbone under work that one and the first other. */
function twoOf<T>(all: readonly T[], under: (one: T) => boolean): readonly T[] {
  const found = all.find(under);
  if (found === undefined) return all.slice(0, 2);
  const other = all.find((one) => !under(one));
  return all.filter((one) => one === found || one === other);
}
