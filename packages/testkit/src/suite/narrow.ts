import { unitOf } from '@mdctr/core';
import { type BackboneSetup, builtinBackbones } from '../builtin-backbones.js';
import { CHECKS } from '../checks/index.js';
import { META_CHECKS } from '../checks/meta.js';
import type { BackboneCheckOptions, CheckOptions, ExpectedFailure, PluginCheckOptions } from '../options.js';

/** What a plugin is checked on at first, while it is being written. */
const QUICK_BACKBONES: readonly string[] = ['dnn', 'dcnv2'];

/** What takes longest for what it finds: training twice over, and counting over many domains. */
const SLOW: readonly string[] = [
  'state/resumes-exactly',
  'state/training-continues-after-load',
  'cost/does-not-grow-with-domains',
];
const QUICK = [...META_CHECKS, ...CHECKS].map(({ id }) => id).filter((id) => !SLOW.includes(id));

/** The part of the checks that answers within seconds: the first variant, on `dnn` and `dcnv2` as they come. */
export function quickPlugin(options: PluginCheckOptions): PluginCheckOptions {
  const { backbones = builtinBackbones } = options;
  const { entry: _, ...quick } = firstVariant(options);
  const added = backbones.filter((backbone) => !builtinBackbones.includes(backbone)).slice(0, 1);
  const first = [...backbones.filter(({ label }) => QUICK_BACKBONES.includes(label)), ...added];
  return onBackbones(quick, first.length > 0 ? first : backbones);
}

/** The same of a backbone: its first variant, alone. */
export function quickBackbone(options: BackboneCheckOptions): BackboneCheckOptions {
  const { entry: _, plugins: __, ...quick } = firstVariant(options);
  return quick;
}

/** Leaves the backbones whose label or short name is among `names`; all without names. */
export function onNamedBackbones(
  options: PluginCheckOptions,
  names: readonly string[] | undefined,
): PluginCheckOptions {
  if (!names) return options;
  const named = ({ label, cls }: BackboneSetup): boolean =>
    names.includes(label) || names.includes(unitOf(cls)?.name ?? '');
  return onBackbones(options, (options.backbones ?? builtinBackbones).filter(named));
}

function onBackbones(options: PluginCheckOptions, backbones: readonly BackboneSetup[]): PluginCheckOptions {
  const labels = backbones.map(({ label }) => label);
  return {
    ...stillExpected(options, ({ backbones: labelled }) => labelled?.some((label) => labels.includes(label)) ?? true),
    backbones,
  };
}

function firstVariant<T extends CheckOptions>(options: T): T {
  const [first] = Object.entries(options.variants ?? { defaults: {} });
  if (!first) return options;
  const left = stillExpected(options, ({ variants }) => variants?.includes(first[0]) ?? true);
  return { ...left, variants: Object.fromEntries([first]), only: left.only ?? QUICK };
}

/** Without the expected failures of what is no longer run: they would count as strays. */
function stillExpected<T extends CheckOptions>(
  options: T,
  runs: (failure: Exclude<ExpectedFailure, string>) => boolean,
): T {
  const kept = Object.entries(options.expectedFailures ?? {}).filter(
    ([, failure]) => typeof failure === 'string' || runs(failure),
  );
  return { ...options, expectedFailures: Object.fromEntries(kept) };
}
