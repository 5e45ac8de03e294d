import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bin, mdctr, temporaryFolder } from '../support/command.js';

/** Scales hidden layers by a factor per domain; `factor` is the expression that comes of it. */
const plugin = (factor: string): string => `
import { DomainPlugin, Plugin, type HiddenInterceptor, type HiddenSite } from '@mdctr/core';
import { add, mul, mean, tanh, zeros } from '@mdctr/tensor';

@Plugin('scaled', { description: 'Scales hidden layers.' })
export class Scaled extends DomainPlugin {
  override hidden(site: HiddenSite): HiddenInterceptor {
    const weights = site.scope().dense('factor', site.domainWidth, site.units, { kernel: zeros });
    return (h, batch) => {
      const factors = add(tanh(weights(batch.domains)), 1);
      return ${factor};
    };
  }
}
void mean; void mul;
`;

function dev(source: string, ...more: string[]) {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'scaled.ts'), source);
  const temporary = (): string[] => readdirSync(tmpdir()).filter((name) => /^mdctr-dev-\w{6}$/.test(name));
  const before = temporary();
  const outcome = mdctr(['dev', 'scaled.ts', '--once', '--backbone', 'dnn', ...more], { cwd });
  const left = [...readdirSync(cwd), ...temporary().filter((name) => !before.includes(name))];
  return { ...outcome, left };
}

describe.runIf(existsSync(bin))('mdctr dev --once (skipped where nothing is built)', () => {
  it('checks a single file, then studies it beside the plain backbone, and leaves nothing', () => {
    const { code, stdout, stderr, left } = dev(plugin('batch.scale(h, factors)'), '--filter', 'rows');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^plugin scaled/);
    expect(stdout).toMatch(/\d+ checks passed/);
    expect(stdout).toMatch(/dnn +plain +\.?\d/);
    expect(stdout).toMatch(/dnn +scaled .*[+-]\d\.\d{4}/);
    expect(stdout).toContain('proves nothing');
    expect(left).toEqual(['scaled.ts']);
  });

  it('names a check that fails and the line of the class, and stops before the study', () => {
    const source = plugin('mul(batch.scale(h, factors), add(mean(h), 1))');
    const { code, stdout } = dev(source, '--filter', 'domains/rows');
    expect(code).toBe(1);
    expect(stdout).toContain('at scaled.ts:6\n');
    expect(stdout).toContain('domains/rows-do-not-see-each-other failed');
    expect(stdout).toContain('1 FAILED');
    expect(stdout).not.toContain('ms/step');
  });

  it('names the line that throws, and the place of what does not parse', () => {
    const thrown = dev(plugin("(() => { throw new Error('no such thing'); })()"), '--filter', 'grad/reaches');
    expect(thrown.code).toBe(1);
    expect(thrown.stdout).toMatch(/at scaled\.ts:11:\d+\n/);
    expect(thrown.stdout).toContain('no such thing');
    const unparsed = dev(plugin('h batch'));
    expect(unparsed.code).toBe(1);
    expect(unparsed.stdout).toMatch(/scaled\.ts:11:\d+ TS1005/);
  });

  it('studies a new package before its first build, by the study that it came with', () => {
    const cwd = temporaryFolder();
    expect(mdctr(['new', 'plugin', 'weekday-scale', '--yes'], { cwd }).code).toBe(0);
    const args = ['dev', 'mdctr-plugin-weekday-scale', '--once', '--backbone', 'dnn', '--filter', 'domains/rows'];
    const { code, stdout } = mdctr(args, { cwd });
    expect(stdout).toMatch(/dnn +adasparse .*\n *dnn +weekday-scale .*[+-]\d\.\d{4}/);
    expect(stdout).not.toContain('it is added');
    expect(code).toBe(0);
  });
});
