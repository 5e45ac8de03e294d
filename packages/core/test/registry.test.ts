import { describe, expect, it } from 'vitest';
import { Backbone, DomainPlugin, Plugin, Registry } from '../src/index.js';

@Plugin('one', { roles: ['network-per-domain'] })
class One extends DomainPlugin {}

@Plugin('one')
class Another extends DomainPlugin {}

@Backbone('one')
class Network {
  build(): never {
    throw new Error('is not built here');
  }
}

class Undecorated extends DomainPlugin {}

describe('a registry', () => {
  it('finds units by kind and name, or by the package too', () => {
    const registry = new Registry().add(One, 'left').add(Network, 'right');
    expect(registry.get('plugin', 'one').cls).toBe(One);
    expect(registry.get('backbone', 'right>one').cls).toBe(Network);
    expect(registry.list().map(({ kind }) => kind)).toEqual(['backbone', 'plugin']);
  });

  it('refuses two classes of one kind and name, and takes one class twice', () => {
    const registry = new Registry().add(One, 'left').add(One, 'right');
    expect(registry.get('plugin', 'one').packageName).toBe('left');
    expect(() => registry.add(Another, 'right')).toThrow(/MDCTR_UNIT_DUPLICATE.*left>one and right>one/s);
  });

  it('says the nearest of the names it has', () => {
    const registry = new Registry().add(One, 'left');
    expect(() => registry.get('plugin', 'ones')).toThrow(/MDCTR_UNIT_UNKNOWN.*Did you mean "one"\?/s);
    expect(() => registry.get('backbone', 'one')).toThrow('no backbone is loaded');
  });

  it('takes the decorated classes of a module and refuses one without a decorator', () => {
    expect(new Registry().addModule({ One, default: { Network }, other: 7 }, 'left')).toBe(2);
    expect(() => new Registry().add(Undecorated, 'left')).toThrow('MDCTR_UNIT_UNDECORATED');
  });
});
