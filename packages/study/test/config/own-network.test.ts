import { documentOf } from '@mdctr/config';
import { DomainPlugin, Plugin, Registry } from '@mdctr/core';
import { describe, expect, it } from 'vitest';
import { withOwnNetwork } from '../../src/config/own-network.js';
import type { StudyConfig } from '../../src/config/types.js';

@Plugin('apart', { roles: ['network-per-domain'] })
class Apart extends DomainPlugin {}

@Plugin('other')
class Other extends DomainPlugin {}

const registry = new Registry().add(Apart, 'pack').add(Other, 'pack');
const document = documentOf({ analyses: { ownNetwork: 'x' } }, { file: 'study.json' });
const methods = (plugins: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(plugins).map(([label, names]) => ({ label, plugins: names.map((name) => ({ name })) }));
const resolved = (config: Partial<StudyConfig>) =>
  withOwnNetwork(config as StudyConfig, registry, document).analyses?.ownNetwork;

describe('the method with a network for each domain', () => {
  it('is the only one whose one plugin has that role, by whatever name', () => {
    expect(resolved({ methods: methods({ plain: [], mine: ['apart'], both: ['apart', 'other'] }) })).toBe('mine');
    expect(resolved({ methods: methods({ plain: [], one: ['apart'], two: ['apart'] }) })).toBeUndefined();
    expect(resolved({ methods: methods({ plain: [], one: ['other'] }) })).toBeUndefined();
  });

  it('is the one that the config names, or none', () => {
    const named = (ownNetwork: string | false) =>
      resolved({ methods: methods({ plain: [], mine: ['apart'] }), analyses: { ownNetwork } });
    expect(named('plain')).toBe('plain');
    expect(named(false)).toBe(false);
    expect(() => named('mien')).toThrow(/MDCTR_ANALYSIS_METHOD[^]*Did you mean "mine"/);
  });
});
