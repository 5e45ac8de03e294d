import { csv, train, type Case } from './case.js';
import { log, head } from './data-files.js';

export const domainCases: readonly Case[] = [
  {
    what: 'more domains than methods can be compared on',
    code: 'MDCTR_DATA_DOMAINS',
    args: train,
    files: log([head.trim(), ...Array.from({ length: 126_000 }, (_, i) => `${i},1,${i},${i % 2}`), ''].join('\n')),
    says: ['100,000', 'rareDomains'],
    documented: true,
  },
  {
    what: 'a domain feature of two values',
    code: 'MDCTR_DATA_DOMAIN_FEATURE',
    args: [...train, '--set', 'data.domainFeatures=["item"]'],
    says: ['"item"'],
    documented: true,
  },
  {
    what: 'more groups than domains',
    code: 'MDCTR_DATA_DOMAIN_GROUPS',
    args: [...train, '--set', 'data.domainGroups=4'],
    says: ['2 domains', 'at most 2'],
    documented: true,
  },
  {
    what: 'groups of domains beside domain features',
    code: 'MDCTR_CONFIG_VALUE',
    args: [...train, '--set', 'data.domainGroups=2', '--set', 'data.domainFeatures=["item"]'],
    says: ['data.domainFeatures'],
  },
  {
    what: 'a column of the name that groups of domains get',
    code: 'MDCTR_DATA_COLUMN',
    args: [...train, '--set', 'data.domainGroups=2'],
    files: log(csv().replace('item', 'domain_group')),
    says: ['"domain_group"', 'data.domainGroups'],
  },
  {
    what: 'a domain held out that is not there',
    code: 'MDCTR_DATA_HOLD_OUT',
    args: [...train, '--set', 'data.holdOut={"domain":"A"}'],
    says: ['Did you mean "a"?'],
    documented: true,
  },
  {
    what: 'a domain held out without a test split',
    code: 'MDCTR_DATA_HOLD_OUT',
    args: [...train, '--set', 'data.holdOut={"domain":{"rank":1}}', '--set', 'data.split.test=0'],
    says: ['no test split', 'data.split.test'],
  },
  {
    what: 'a domain held out by a list',
    code: 'MDCTR_CONFIG_VALUE',
    args: [...train, '--set', 'data.holdOut={"domain":["a"]}'],
    says: ['data.holdOut.domain'],
  },
  {
    what: 'a share of training rows of a domain held out',
    code: 'MDCTR_CONFIG_VALUE',
    args: [...train, '--set', 'data.holdOut={"domain":"a","trainRows":0.5}'],
    says: ['data.holdOut.trainRows'],
  },
];
