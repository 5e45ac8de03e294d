import { describe, expect, it } from 'vitest';
import { className, namesOf } from '../src/names.js';

const messageOf = (name: string): string => {
  try {
    namesOf('plugin', name);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('names', () => {
  it.each([
    ['foo', 'mdctr-plugin-foo', 'foo'],
    ['foo-2', 'mdctr-plugin-foo-2', 'foo-2'],
    ['mdctr-plugin-foo', 'mdctr-plugin-foo', 'foo'],
    ['@acme/mdctr-plugin-foo', '@acme/mdctr-plugin-foo', 'foo'],
    ['@acme/foo', '@acme/foo', 'foo'],
    ['mdctr-foo', 'mdctr-foo', 'foo'],
  ])('of %s: package %s, unit %s', (given, packageName, unit) => {
    expect(namesOf('plugin', given)).toEqual({ packageName, unit });
  });

  it.each([
    ['Foo', '"foo"'],
    ['TwoWords', '"two-words"'],
    ['two words', '"two-words"'],
    ['2foo', '"foo"'],
    ['foo_bar', '"foo-bar"'],
    ['@Acme/Foo', '"@acme/foo"'],
    ['../foo', '"foo"'],
  ])('%s is refused, and %s is proposed', (given, near) => {
    expect(messageOf(given)).toMatch(/^MDCTR_NEW_NAME: /);
    expect(messageOf(given)).toContain(`Did you mean ${near}?`);
  });

  it.each(['', '  ', '@acme/', '@acme', '---', 'a'.repeat(220)])('"%s" is refused', (given) => {
    expect(messageOf(given)).toMatch(/^MDCTR_NEW_NAME: /);
  });

  it.each([
    ['star', 'my-star'],
    ['@acme/mdctr-plugin-dnn', '@acme/mdctr-plugin-my-dnn'],
  ])('%s is a built-in’s, %s is free', (given, near) => {
    expect(messageOf(given)).toMatch(/^MDCTR_NEW_NAME_TAKEN: /);
    expect(messageOf(given)).toContain(` ${near}.`);
  });

  it.each([
    ['foo', 'Foo'],
    ['two-words', 'TwoWords'],
    ['a-2d', 'A2d'],
    ['a--b-', 'AB'],
  ])('%s is the class %s', (unit, cls) => {
    expect(className(unit)).toBe(cls);
  });
});
