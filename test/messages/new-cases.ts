import type { Case } from './case.js';

const one = (name: string, ...more: string[]): string[] => ['new', 'plugin', name, '--yes', ...more];

export const newCases: readonly Case[] = [
  {
    what: 'a name that npm does not take',
    code: 'MDCTR_NEW_NAME',
    args: one('My_Plugin'),
    says: ['"my-plugin"'],
    documented: true,
  },
  {
    what: 'a name that a built-in has',
    code: 'MDCTR_NEW_NAME_TAKEN',
    args: one('adasparse'),
    says: ['my-adasparse'],
    documented: true,
  },
  {
    what: 'a folder that is not empty',
    code: 'MDCTR_NEW_FOLDER',
    args: one('foo', '--out', 'foo'),
    files: { 'foo/notes.txt': 'mine' },
    says: ['notes.txt', '--out'],
    documented: true,
  },
  { what: 'no name, and nobody to ask', code: '', args: ['new', 'plugin'], says: ["'name'"], exit: 2 },
  {
    what: 'a disk that is full: nothing stays, new folders above it included',
    code: 'MDCTR_FILE_ENOSPC',
    args: one('foo', '--out', 'deep/foo'),
    writesFail: 'ENOSPC',
    says: ['disk is full'],
  },
  {
    what: 'a disk that is full, for a single file',
    code: 'MDCTR_FILE_ENOSPC',
    args: one('foo', '--single-file'),
    writesFail: 'ENOSPC',
    says: ['disk is full'],
  },
];
