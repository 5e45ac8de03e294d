const source = 'plugins/per-domain/src/per-domain.ts';

/** @type {import('./index.mjs').Mistake[]} */
export const perDomain = [
  [
    'network of the next domain',
    source,
    'networks[part.domainIds[0]! - 1]',
    'networks[part.domainIds[0]! % networks.length]',
  ],
  ['unseen: sum', source, '1 / networks.length', '1'],
];
