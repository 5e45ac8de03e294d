import type { Case } from './case.js';

const plugin = `import { DomainPlugin, Plugin } from '@mdctr/core';
@Plugin('still', { description: 'Does nothing.' })
export class Still extends DomainPlugin {}
`;
const dev = (...more: string[]): Pick<Case, 'args' | 'files' | 'exit'> => ({
  args: ['dev', 'still.ts', '--once', '--no-study', ...more],
  files: { 'still.ts': plugin },
  exit: 2,
});

export const devCases: readonly Case[] = [
  {
    what: 'a file that is not there',
    code: 'MDCTR_DEV_TARGET',
    args: ['dev', 'nothing.ts', '--once'],
    exit: 2,
    says: ['nothing.ts is not there', 'mdctr new plugin'],
    documented: true,
  },
  {
    what: 'a config in the place of a source file',
    code: 'MDCTR_DEV_TARGET',
    args: ['dev', 'trial.json', '--once'],
    exit: 2,
    says: ['is no source file', '.json'],
  },
  {
    what: 'a folder without a source',
    code: 'MDCTR_DEV_TARGET',
    args: ['dev', '.', '--once'],
    exit: 2,
    says: ['No source file', 'src/index.ts'],
  },
  {
    what: 'a study that is not there',
    code: 'MDCTR_DEV_STUDY',
    ...dev('--study', 'nothing.json'),
    args: ['dev', 'still.ts', '--once', '--study', 'nothing.json'],
    says: ['nothing.json is not there'],
    documented: true,
  },
  {
    what: 'a backbone that there is not',
    code: 'MDCTR_DEV_BACKBONE',
    ...dev('--backbone', 'dcnv'),
    says: ['dcnv', 'Did you mean "dcnv2"?'],
    documented: true,
  },
  {
    what: 'a filter that no check fits',
    code: 'MDCTR_DEV_FILTER',
    ...dev('--filter', 'gradient'),
    says: ['gradient', 'grad/finite-differences'],
    documented: true,
  },
  {
    what: 'a filter that fits checks of backbones alone',
    code: 'MDCTR_DEV_FILTER',
    ...dev('--filter', 'sites/announced'),
    says: ['No check of a plugin', 'sites/announced'],
  },
];
