import { MdctrError } from '@mdctr/base';
import type { ConfigDocument, UnitPlace } from '@mdctr/config';

/** Kinds of configs: a trial is one training run, a study a grid of them. */
export type ConfigKind = 'trial' | 'study';

/** Keys that only one of the kinds has. */
const TELLING: Readonly<Record<string, ConfigKind>> = { backbone: 'trial', backbones: 'study', methods: 'study' };

/** What kind of config a document is, by its keys; undefined where nothing tells. */
export function kindOf(document: ConfigDocument): ConfigKind | undefined {
  const keys = Object.keys(document.value() ?? {});
  const telling = Object.keys(TELLING).find((key) => keys.includes(key));
  return telling === undefined ? undefined : TELLING[telling];
}

/**
 * Refuses a study where a trial is wanted, or the other way round: that is one mistake, and not one for each of its keys.
 * @throws MdctrError MDCTR_CONFIG_KIND.
 */
export function requireKind(document: ConfigDocument, wanted: ConfigKind): void {
  const keys = Object.keys(document.value() ?? {});
  if (wanted === 'study' && keys.includes('plugins') && kindOf(document) === 'study') throw rootPlugins(document);
  const [key, other] = wanted === 'trial' ? (['backbone', 'backbones'] as const) : (['backbones', 'backbone'] as const);
  if (keys.includes(key) || !keys.includes(other)) return;
  throw new MdctrError('MDCTR_CONFIG_KIND', {
    what: wanted === 'trial' ? 'This config is a study, not a trial.' : 'This config is a trial, not a study.',
    at: document.locate([other], 'key'),
    expected: `"${key}", as a ${wanted} has it`,
    found: `"${other}"`,
    hint:
      wanted === 'trial'
        ? 'Run it with npx mdctr bench, or make a trial of one of its backbones: "backbone", "plugins", "seed".'
        : 'Run it with npx mdctr train.',
  });
}

/** A trial's list in a study, which has one for each method. */
function rootPlugins(document: ConfigDocument): MdctrError {
  return new MdctrError('MDCTR_CONFIG_UNKNOWN_KEY', {
    what: 'A study has no "plugins" of its own: each of its methods has.',
    at: document.locate(['plugins'], 'key'),
    path: 'plugins',
    expected: '"methods": [{ "label": "...", "plugins": [...] }]',
    hint: 'Name plugins in "methods"; packages that are only to be loaded stand under "packages".',
  });
}

/** Where a config of either kind names backbones and plugins. */
export function unitPlaces(document: ConfigDocument): UnitPlace[] {
  const config = (document.value() ?? {}) as Readonly<Record<string, unknown>>;
  const methods = listOf(config.methods).map((method) => (method as { plugins?: unknown } | null)?.plugins);
  return [
    { kind: 'backbone', path: ['backbone'] },
    ...listOf(config.backbones).map((_, i): UnitPlace => ({ kind: 'backbone', path: ['backbones', i] })),
    ...listOf(kindOf(document) === 'study' ? [] : config.plugins).map((_, i): UnitPlace => ({
      kind: 'plugin',
      path: ['plugins', i],
    })),
    ...methods.flatMap((plugins, m) =>
      listOf(plugins).map((_, i): UnitPlace => ({ kind: 'plugin', path: ['methods', m, 'plugins', i] })),
    ),
  ];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
