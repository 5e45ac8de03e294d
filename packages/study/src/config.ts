import {
  checkOptions,
  loadConfig,
  loadNamedPackages,
  loadPackages,
  MdctrError,
  nearest,
  refuseConflicts,
  Registry,
  studySchema,
  trialSchema,
  validateConfig,
  type ConfigDocument,
  type PackageRequest,
  type UnitClass,
  type UnitConfig,
} from '@mdctr/core';
import type { DataOptions } from '@mdctr/data';
import type { AnalysisOptions } from '@mdctr/report';
import type { SearchOptions, Space } from '@mdctr/search';
import type { TrainingOptions } from '@mdctr/training';
import type { BudgetOptions } from './budget/options.js';
import { checkBudget } from './budget/plan-budgets.js';
import { configSections, refuseNonsenseOf } from './sections.js';
import { openSettings } from './settings.js';
import { checkSearchValues } from './tuning/check-values.js';

interface Common {
  readonly name: string;
  readonly description?: string;
  /** Which of the config's data sets it is laid over; absent where it names none. */
  readonly dataset?: string;
  readonly packages: readonly string[];
  readonly data: DataOptions;
  readonly embedding: { readonly dim: number; readonly initStd: number };
  readonly training: TrainingOptions;
}

/** One training run, defaults filled in. */
export interface TrialConfig extends Common {
  readonly backbone: UnitConfig;
  readonly plugins: readonly UnitConfig[];
  readonly seed: number;
}

/** A part of a study that differs in more than backbone and method; the whole grid is run under each. */
export interface StudySetting extends Pick<Common, 'data' | 'embedding' | 'training'> {
  /** How methods are tuned before they are compared; absent: not at all. */
  readonly search?: SearchOptions;
  /** What all methods are given the same of; absent: networks are as the config says. */
  readonly budget?: BudgetOptions;
  /** Absent where a study has no settings: then it is one by itself. */
  readonly label?: string;
}

/** A network that methods are compared on. */
export interface StudyBackbone extends UnitConfig {
  /** In the table; by default its name. */
  readonly label?: string;
}

/** A method that is compared. */
export interface StudyMethod {
  readonly label: string;
  readonly plugins: readonly UnitConfig[];
  /** Dimensions of its own that it is tuned over. */
  readonly search?: Space;
}

/** A grid of trials, defaults filled in. */
export interface StudyConfig extends Common {
  readonly backbones: readonly StudyBackbone[];
  readonly methods: readonly StudyMethod[];
  readonly search?: SearchOptions;
  readonly budget?: BudgetOptions;
  readonly analyses?: AnalysisOptions;
  readonly seeds: readonly number[];
  /** The study's sections with those of each setting laid over them; at least one. */
  readonly settings: readonly StudySetting[];
}

export interface Opened<T> {
  readonly config: T;
  readonly document: ConfigDocument;
  readonly registry: Registry;
  /** What the registry was filled from. */
  readonly packages: readonly PackageRequest[];
}

/** A study, and for each of its settings the document that its sections stand in. */
export interface OpenedStudy extends Opened<StudyConfig> {
  readonly settingDocuments: readonly ConfigDocument[];
}

/** Where units of the calling program come from, in messages. */
export const PROGRAM = '(this program)';

export interface OpenOptions {
  /** Name among the config's `datasets`. */
  readonly dataset?: string | undefined;
  readonly set?: readonly string[];
  /** Packages that every config may use, resolved from the caller's own folder. */
  readonly builtins: readonly PackageRequest[];
  /** Backbones and plugins of the calling program, by their names. */
  readonly units?: readonly UnitClass[];
}

/** A registry with these packages, and those that a config names. */
export async function openRegistry(builtins: readonly PackageRequest[], document?: ConfigDocument): Promise<Registry> {
  const registry = new Registry();
  await loadPackages(registry, builtins);
  if (document) await loadNamedPackages(registry, document);
  return registry;
}

/**
 * Reads and validates a trial config: a file, or the config itself.
 * @throws MdctrError, MdctrErrors for what is wrong with the config or with a package that it names.
 */
export async function openTrial(source: string | object, options: OpenOptions): Promise<Opened<TrialConfig>> {
  const opened = await open<TrialConfig>(source, options, 'trial');
  checkBackbone(opened, opened.config.backbone, ['backbone']);
  checkPlugins(opened, opened.config.plugins, ['plugins']);
  return opened;
}

/**
 * Reads and validates a study config: a file, or the config itself.
 * @throws MdctrError, MdctrErrors for what is wrong with the config or with a package that it names; MDCTR_STUDY_LABELS,
 *   MDCTR_STUDY_SETTINGS, MDCTR_ANALYSIS_METHOD, MDCTR_BUDGET_..., MDCTR_SEARCH_...
 */
export async function openStudy(source: string | object, options: OpenOptions): Promise<OpenedStudy> {
  const opened = await open<StudyConfig>(source, options, 'study');
  refuseDuplicateLabels(opened, 'methods');
  refuseDuplicateLabels(opened, 'settings');
  opened.config.backbones.forEach((unit, i) => checkBackbone(opened, unit, ['backbones', i]));
  opened.config.methods.forEach(({ plugins }, i) => checkPlugins(opened, plugins, ['methods', i, 'plugins']));
  const whole = { ...opened, ...openSettings(opened) };
  const { config, document, registry, settingDocuments } = whole;
  checkOwnNetwork(config, document);
  for (const [i, setting] of config.settings.entries()) {
    checkSearchValues(config, setting, settingDocuments[i]!, registry);
    checkBudget(config, setting, settingDocuments[i]!);
  }
  return whole;
}

async function open<T extends Common>(
  source: string | object,
  { set, dataset, builtins, units = [] }: OpenOptions,
  kind: 'trial' | 'study',
): Promise<Opened<T>> {
  const written = loadConfig(source, { set: set ?? [], dataset });
  refuseOtherKind(written, kind);
  const registry = await openRegistry(builtins);
  for (const unit of units) registry.add(unit, PROGRAM);
  const { document, requests } = await loadNamedPackages(registry, written);
  const packages = [...builtins, ...requests];
  const valid = validateConfig<T>(document, (kind === 'trial' ? trialSchema : studySchema)(configSections(registry)));
  const config = valid.dataset === undefined ? valid : { ...valid, name: `${valid.name}, ${valid.dataset}` };
  refuseNonsenseOf(config, document);
  return { config, document, registry, packages };
}

/** A study where a trial is wanted, or the other way round, is one mistake and not one for each of its keys. */
function refuseOtherKind(document: ConfigDocument, wanted: 'trial' | 'study'): void {
  const keys = Object.keys((document.value() ?? {}) as object);
  const [own, other] = wanted === 'trial' ? ['backbone', 'backbones'] : ['backbones', 'backbone'];
  if (keys.includes(own!) || !keys.includes(other!)) return;
  throw new MdctrError('MDCTR_CONFIG_KIND', {
    what: wanted === 'trial' ? 'This config is a study, not a trial.' : 'This config is a trial, not a study.',
    at: document.locate([other!], 'key'),
    expected: `"${own}", as a ${wanted} has it`,
    found: `"${other}"`,
    hint:
      wanted === 'trial'
        ? 'Run it with npx mdctr bench, or make a trial of one of its backbones: "backbone", "plugins", "seed".'
        : 'Run it with npx mdctr train.',
  });
}

function refuseDuplicateLabels({ config, document }: Opened<StudyConfig>, list: 'methods' | 'settings'): void {
  const labels = config[list].map(({ label }) => label);
  const twice = labels.findIndex((label, i) => labels.indexOf(label) < i);
  if (twice < 0) return;
  throw new MdctrError('MDCTR_STUDY_LABELS', {
    what: `Two ${list} have the label "${labels[twice]}".`,
    at: document.locate([list, twice, 'label']),
    path: `${list}[${twice}].label`,
    hint: `Give each of the ${list} a label of its own.`,
  });
}

function checkOwnNetwork({ analyses, methods }: StudyConfig, document: ConfigDocument): void {
  const wanted = analyses?.ownNetwork;
  const labels = methods.map(({ label }) => label);
  if (typeof wanted !== 'string' || labels.includes(wanted)) return;
  const near = nearest(wanted, labels);
  throw new MdctrError('MDCTR_ANALYSIS_METHOD', {
    what: `No method of the study is called "${wanted}".`,
    at: document.locate(['analyses', 'ownNetwork']),
    path: 'analyses.ownNetwork',
    expected: `one of ${labels.join(', ')}, or false`,
    hint: near ? `Did you mean "${near}"?` : 'Name the method that gives each domain a network of its own.',
  });
}

function checkBackbone(
  { registry, document }: Opened<unknown>,
  backbone: UnitConfig,
  path: readonly (string | number)[],
): void {
  checkOptions(registry.get('backbone', backbone.name), backbone, document, path);
}

/** Before hours of training, not in the middle of them. */
function checkPlugins(
  { registry, document }: Opened<unknown>,
  plugins: readonly UnitConfig[],
  path: readonly (string | number)[],
): void {
  const units = plugins.map(({ name }) => registry.get('plugin', name));
  units.forEach((unit, i) => checkOptions(unit, plugins[i]!, document, [...path, i]));
  refuseConflicts(units, document.locate(path));
}
