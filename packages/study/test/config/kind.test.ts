import { documentOf } from '@mdctr/config';
import { describe, expect, it } from 'vitest';
import { kindOf, requireKind, unitPlaces } from '../../src/config/kind.js';

const of = (config: object) => documentOf(config, { file: 'config.json' });

describe('the kind of a config', () => {
  it.each([
    ['trial', { backbone: 'dnn', plugins: ['star'] }],
    ['study', { backbones: ['dnn'] }],
    ['study', { methods: [] }],
    [undefined, { name: 'neither' }],
  ])('is %s by its keys', (kind, config) => {
    expect(kindOf(of(config))).toBe(kind);
  });

  it('that is not the wanted one is one mistake', () => {
    expect(() => requireKind(of({ backbones: ['dnn'] }), 'trial')).toThrow('MDCTR_CONFIG_KIND');
    expect(() => requireKind(of({ backbone: 'dnn' }), 'study')).toThrow('MDCTR_CONFIG_KIND');
    expect(() => requireKind(of({ backbones: ['dnn'] }), 'study')).not.toThrow();
  });

  it('study has no plugins of its own, and the error says where they stand and where packages do', () => {
    const study = of({ backbones: ['dnn'], plugins: ['./mine.ts'] });
    expect(() => requireKind(study, 'study')).toThrow(/MDCTR_CONFIG_UNKNOWN_KEY[^]*"methods"[^]*"packages"/);
    expect(unitPlaces(study)).toEqual([
      { kind: 'backbone', path: ['backbone'] },
      { kind: 'backbone', path: ['backbones', 0] },
    ]);
  });
});
