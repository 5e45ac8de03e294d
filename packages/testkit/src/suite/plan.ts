import { metadataOf } from '../fixture/metadata-of.js';
import { MdctrError } from '@mdctr/base';
import { Registry, unitOf, type UnitClass } from '@mdctr/core';
import { builtinBackbones } from '../builtin-backbones.js';
import type { Check } from '../check.js';
import { CHECKS } from '../checks/index.js';
import { META_CHECKS } from '../checks/meta.js';
import { CheckFixture } from '../fixture/check-fixture.js';
import { PROBES } from '../fixture/probes.js';
import type { Subject } from '../fixture/subject.js';
import type { BackboneCheckOptions, CheckOptions, PluginCheckOptions } from '../options.js';

/** One run of one check. */
export interface PlannedRun {
  readonly id: string;
  readonly title: string;
  readonly promise: number | undefined;
  /** What the run is about, in words. */
  readonly subject: string;
  readonly backboneLabel: string | undefined;
  readonly variantLabel: string | undefined;
  run(): void | Promise<void>;
}

/** Runs that share a model; `dispose` after the last. */
export interface RunGroup {
  readonly name: string;
  readonly runs: readonly PlannedRun[];
  dispose(): void;
}

const DEFAULTS = { defaults: {} };

/** All runs for a plugin: its declaration, then every variant on every backbone, or on those that `pairs` leaves. */
export function planPlugin(cls: UnitClass, options: PluginCheckOptions): RunGroup[] {
  const { variants = DEFAULTS, backbones = builtinBackbones, perDomain = [], identity, pairs = 'all' } = options;
  const groups = [metaGroup(cls, 'plugin', options)];
  if (!unitOf(cls)) return select(groups, options);
  const registry = registryOf([cls, ...backbones.map((backbone) => backbone.cls)]);
  for (const [b, backbone] of backbones.entries()) {
    for (const [v, [variantLabel, values]] of Object.entries(variants).entries()) {
      if (pairs === 'some' && b > 0 && v > 0 && b !== 1 + ((v - 1) % (backbones.length - 1))) continue;
      const subject: Subject = {
        registry,
        backbone,
        smooth: backbone.smooth ?? {},
        plugins: [{ cls, options: values }],
        perDomain,
        backboneLabel: backbone.label,
        variantLabel,
      };
      groups.push(
        modelGroup(
          new CheckFixture(subject, identity),
          CHECKS.filter(({ of }) => of !== 'backbone'),
          b > 0 && v > 0,
        ),
      );
    }
  }
  return select(groups, options);
}

/** All runs for a backbone: its declaration, then every variant without plugins and with each of those given. */
export function planBackbone(cls: UnitClass, options: BackboneCheckOptions): RunGroup[] {
  const { variants = DEFAULTS, plugins = [], smooth = {} } = options;
  const groups = [metaGroup(cls, 'backbone', options)];
  if (!unitOf(cls)) return select(groups, options);
  const registry = registryOf([cls, ...plugins.map((plugin) => plugin.cls)]);
  for (const [v, [variantLabel, values]] of Object.entries(variants).entries()) {
    const subject = {
      registry,
      backbone: { cls, options: values },
      smooth,
      backboneLabel: metadataOf(cls).name,
      variantLabel,
    };
    const alone = new CheckFixture({ ...subject, plugins: [], perDomain: [] }, undefined);
    groups.push(
      modelGroup(
        alone,
        CHECKS.filter(({ of }) => of !== 'plugin'),
      ),
    );
    for (const { cls: plugin, options: pluginOptions = {}, perDomain = [] } of plugins) {
      const fixture = new CheckFixture(
        { ...subject, plugins: [{ cls: plugin, options: pluginOptions }], perDomain },
        undefined,
      );
      groups.push(
        modelGroup(
          fixture,
          CHECKS.filter(({ of }) => of === 'any'),
          v > 0,
        ),
      );
    }
  }
  return select(groups, options);
}

function metaGroup(cls: UnitClass, kind: 'plugin' | 'backbone', options: CheckOptions): RunGroup {
  const { variants = DEFAULTS, invalid = [], entry } = options;
  const identity = (options as Partial<PluginCheckOptions>).identity;
  const declared = {
    cls,
    kind,
    variants: { ...variants, ...(identity && 'options' in identity && { identity: identity.options }) },
    invalid,
    entry,
  };
  const subject = unitOf(cls)?.name ?? cls.name;
  const runs = META_CHECKS.map(({ id, title, run }) => ({
    id,
    title,
    promise: undefined,
    subject,
    backboneLabel: undefined,
    variantLabel: undefined,
    run: () => run(declared),
  }));
  return { name: 'declaration', runs, dispose: () => undefined };
}

function modelGroup(fixture: CheckFixture, checks: readonly Check[], withoutCostly = false): RunGroup {
  const { backboneLabel, variantLabel } = fixture.subject;
  const runs = checks
    .filter(({ costly }) => !(costly && withoutCostly))
    .map(({ id, title, promise, run }) => ({
      id,
      title,
      promise,
      subject: fixture.label,
      backboneLabel,
      variantLabel,
      run: () => run(fixture),
    }));
  return { name: fixture.label, runs, dispose: () => fixture.dispose() };
}

function registryOf(classes: readonly UnitClass[]): Registry {
  const registry = new Registry();
  for (const cls of new Set(classes)) registry.add(cls, 'under test');
  for (const cls of PROBES) registry.add(cls, '@mdctr/testkit');
  return registry;
}

/** Keeps what `only` names. @throws MdctrError MDCTR_CHECK_UNKNOWN for an id that no check has. */
function select(groups: readonly RunGroup[], { only }: CheckOptions): RunGroup[] {
  if (!only) return [...groups];
  for (const id of only) knownId(id);
  return groups
    .map((group) => ({ ...group, runs: group.runs.filter(({ id }) => only.includes(id)) }))
    .filter(({ runs }) => runs.length > 0);
}

/** @throws MdctrError MDCTR_CHECK_UNKNOWN for an id that no check has. */
export function knownId(id: string): void {
  const ids = [...META_CHECKS, ...CHECKS].map((check) => check.id);
  if (ids.includes(id)) return;
  throw new MdctrError('MDCTR_CHECK_UNKNOWN', { what: `No check has the id "${id}".`, expected: ids.join(', ') });
}
