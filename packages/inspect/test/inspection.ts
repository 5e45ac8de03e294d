import type { Inspection, SiteNode } from '../src/index.js';

/** What a page must take for text. */
export const HOSTILE = `<img src=x onerror=console.error(1)> & "q" 'a' \`b\` #35; ]end`;

const site = (kind: SiteNode['kind'], more: Partial<SiteNode>): SiteNode => {
  return { kind, path: kind, shape: [4], plugins: [], builds: [], parameters: 0, share: 0, flopsPerRow: 0, ...more };
};
const parameter = (path: string, count = 1) => ({ path, shape: [4, 2], size: 8, count, trained: true });

/** A model of two plugins at one site, a tower in alike copies, and names that mean harm. */
export function inspectionOf(name = 'plug'): Inspection {
  const layer = site('affine', {
    path: `deep/${name}/0`,
    shape: [4, 2],
    plugins: [
      { name, parameters: [parameter(`${name}/deep/0`, 3)], flopsPerRow: 6 },
      { name: 'second', parameters: [], flopsPerRow: 2 },
    ],
    builds: [{ count: 3, copies: [null], parameters: [parameter('dnn/deep/0/kernel', 3)], sites: [] }],
    parameters: 48,
    share: 0.6,
    flopsPerRow: 24,
  });
  const tower = site('tower', {
    path: 'deep',
    shape: [4, 2],
    plugins: [{ name, parameters: [], flopsPerRow: 0 }],
    builds: [{ count: 3, copies: [null, name, 'c'], parameters: [], sites: [layer] }],
    parameters: 48,
    share: 0.6,
    flopsPerRow: 24,
  });
  const network = site('network', {
    shape: [4, 1],
    builds: [{ count: 1, copies: [null], parameters: [], sites: [tower] }],
    parameters: 48,
    share: 0.6,
    flopsPerRow: 24,
  });
  return {
    version: 1,
    backbone: 'dnn',
    plugins: [
      { name, parameters: 24, share: 0.3, flopsPerRow: 6, sites: 4 },
      { name: 'second', parameters: 0, share: 0, flopsPerRow: 2, sites: 3 },
    ],
    totals: { parameters: 80, embeddings: 32, dense: 48, flopsPerRow: 24 },
    fields: [{ name, ids: 16, domain: true, parameters: 32 }],
    sites: [
      site('embedding', {
        builds: [{ count: 1, copies: [null], parameters: [parameter('embedding', 4)], sites: [] }],
        parameters: 32,
        share: 0.4,
      }),
      network,
      site('logit', { shape: [1] }),
    ],
    beside: [{ hook: 'variants', plugin: name, parameters: [], variants: [name] }],
    warnings: [`${name} answered at no site.`],
  };
}
