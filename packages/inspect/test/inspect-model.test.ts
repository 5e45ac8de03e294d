import {
  DomainPlugin,
  Plugin,
  type AffineLayer,
  type AffineSite,
  type HiddenInterceptor,
  type HiddenSite,
  type Layer,
  type TowerSite,
  type UnitConfig,
} from '@mdctr/core';
import { inspectionText, inspectModel, type Inspection, type SiteNode } from '../src/index.js';
import { add, ones } from '@mdctr/tensor';
import { describe, expect, it } from 'vitest';
import {
  adaSparse,
  apg,
  assemble,
  dcnv2,
  dnn,
  firstBatch,
  maml,
  perDomain,
  starAll,
} from '../../../test/support/small-models.js';

@Plugin('experts')
class Experts extends DomainPlugin {
  override tower(site: TowerSite): Layer {
    const towers = [site.build(), site.build('a'), site.build('b')];
    return (x, batch) => towers.map((tower) => tower(x, batch)).reduce(add);
  }
}

/** Around every affine layer, with a parameter of its own, and behind every hidden layer. */
@Plugin('outer')
class Outer extends DomainPlugin {
  override affine(site: AffineSite): AffineLayer {
    site.scope().parameter('own', [3], ones);
    return site.build();
  }

  override hidden(site: HiddenSite): HiddenInterceptor | undefined {
    return site.kind === 'deep' ? (h) => h : undefined;
  }
}

@Plugin('idle')
class Idle extends DomainPlugin {}

const batch = await firstBatch();

function inspected(backbone: UnitConfig, plugins: readonly UnitConfig[]): Inspection {
  const assembled = assemble(backbone, plugins, [Experts, Outer, Idle]);
  try {
    const inspection = inspectModel(assembled, batch);
    expect(inspection.totals.parameters).toBe(assembled.model.store.count());
    expect(inspection.totals.flopsPerRow).toBeCloseTo(assembled.model.flopsPerRow(batch), 6);
    return inspection;
  } finally {
    assembled.dispose();
  }
}

/** Sites with all those inside, in their order. */
const all = (sites: readonly SiteNode[]): SiteNode[] =>
  sites.flatMap((site) => [site, ...all(site.builds.flatMap((build) => build.sites))]);
const named = (sites: readonly SiteNode[]): string[] => all(sites).map(({ kind, path }) => `${kind} ${path}`);
const at = ({ sites }: Inspection, name: string): SiteNode =>
  all(sites).find(({ kind, path }) => `${kind} ${path}` === name)!;
const sum = (numbers: readonly (number | null)[]): number => numbers.reduce<number>((a, b) => a + (b ?? 0), 0);

describe('a model as a tree', () => {
  it.each<[string, UnitConfig, UnitConfig[]]>([
    ['plain', dnn, []],
    ['low-rank layers', { ...dcnv2, rank: 2, batchNorm: true }, [adaSparse]],
    ['a stacked one', { ...dcnv2, structure: 'stacked' }, [starAll, adaSparse]],
    ['a network a domain', dcnv2, [perDomain, adaSparse]],
    ['replaced layers, and rates of all parameters', dnn, [apg, { ...maml, rate: 'learned' }]],
    ['experts', dcnv2, [{ name: 'experts' }, { name: 'outer' }, adaSparse]],
  ])('adds up to the whole model: %s', (_, backbone, plugins) => {
    const { sites, beside, totals, plugins: sums } = inspected(backbone, plugins);
    const hooks = beside.flatMap(({ parameters }) => parameters).map(({ size, trained }) => (trained ? size : 0));
    expect(sum(sites.map(({ parameters }) => parameters)) + sum(hooks)).toBe(totals.parameters);
    expect(sum(sites.map(({ flopsPerRow }) => flopsPerRow))).toBeCloseTo(totals.flopsPerRow!, 6);
    const listed = all(sites).flatMap(({ builds }) => builds.flatMap(({ parameters }) => parameters));
    const ofBackbone = sum(listed.map(({ size, count, trained }) => (trained ? size * count : 0)));
    expect(ofBackbone + sum(sums.map(({ parameters }) => parameters))).toBe(totals.parameters);
  });

  it('has every site in the order of the forward pass', () => {
    expect(named(inspected(dcnv2, []).sites)).toEqual([
      ...['embedding embedding', 'network network'],
      ...[
        'affine cross/0',
        'hidden cross/0',
        'residual cross/0',
        'affine cross/1',
        'hidden cross/1',
        'residual cross/1',
      ],
      ...['tower deep', 'norm deep/norm', 'affine deep/0', 'hidden deep/0', 'affine deep/1', 'hidden deep/1'],
      ...['affine logit', 'logit logit'],
    ]);
  });

  it('says who acts at a site in the order of the config, and nobody who stays out', () => {
    const act = (plugins: UnitConfig[], site: string): string[] =>
      at(inspected(dcnv2, plugins), site).plugins.map(({ name }) => name);
    const [outer, star] = [{ name: 'outer' }, { ...starAll, layers: ['deep'] }];
    expect(act([outer, star, adaSparse], 'affine deep/0')).toEqual(['outer', 'star']);
    expect(act([star, outer, adaSparse], 'affine deep/0')).toEqual(['star', 'outer']);
    expect(act([outer, star, adaSparse], 'affine cross/0')).toEqual(['outer']);
    expect(act([adaSparse, outer], 'hidden deep/1')).toEqual(['adasparse', 'outer']);
    expect(act([adaSparse, outer], 'hidden cross/1')).toEqual(['adasparse']);
    const text = inspectionText(inspected(dcnv2, [adaSparse, outer]));
    expect(text).toMatch(/hidden {2}deep\/0[^]*> 1 adasparse[^]*> 2 outer[^]*hidden {2}deep\/1/);
  });

  it('folds copies that are alike, networks and towers', () => {
    const domains = inspected(dnn, [perDomain]);
    const [build, ...others] = at(domains, 'network network').builds;
    expect([build!.copies, build!.count, others]).toEqual([['domain-1', 'domain-2', 'domain-3', 'domain-4'], 4, []]);
    const kernel = at(domains, 'affine domain-1/deep/1').builds[0]!.parameters[0];
    expect(kernel).toMatchObject({ path: 'dnn/domain-1/deep/1/kernel', shape: [8, 6], size: 48, count: 4 });
    const experts = inspected(dnn, [{ name: 'experts' }, adaSparse]);
    expect(at(experts, 'tower deep').builds.map(({ copies }) => copies)).toEqual([[null, 'a', 'b']]);
    expect(experts.plugins.map(({ sites }) => sites)).toEqual([1, 6]);
  });

  it('has what plugins do beside the sites, and warns of one that does nothing', () => {
    const { beside, warnings } = inspected(dnn, [adaSparse, maml, { name: 'idle' }]);
    expect(beside.map(({ hook, plugin, variants }) => [hook, plugin, ...(variants ?? [])])).toEqual([
      ['built', 'maml'],
      ['penalty', 'adasparse'],
      ['step', 'maml'],
      ['variants', 'maml', 'adapted'],
    ]);
    expect(warnings).toEqual([expect.stringMatching(/^idle answered at no site of dnn/)]);
  });

  it('says where a plugin takes the place of the backbone', () => {
    const replaced = at(inspected(dnn, [apg]), 'affine deep/0');
    expect([replaced.builds, replaced.plugins.map(({ name }) => name)]).toEqual([[], ['apg']]);
  });
});
