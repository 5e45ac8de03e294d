import type { Case } from './case.js';

export const reportCases: readonly Case[] = [
  {
    what: 'a report of a folder without results',
    code: 'MDCTR_RESULTS_MISSING',
    args: ['report', '.'],
    says: ['results.json', 'mdctr bench'],
    documented: true,
  },
  {
    what: 'a report of a config',
    code: 'MDCTR_RESULTS_INVALID',
    args: ['report', 'trial.json'],
    says: ['trial.json', 'no schemaVersion'],
    documented: true,
  },
  {
    what: 'a report of results of before metrics were renamed',
    code: 'MDCTR_RESULTS_VERSION',
    args: ['report', 'results.json'],
    files: { 'results.json': '{"schemaVersion":1,"data":{},"table":[],"trials":[]}' },
    says: ['schemaVersion 1', 'other names'],
    documented: true,
  },
  {
    what: 'a report of what is no JSON',
    code: 'MDCTR_RESULTS_INVALID',
    args: ['report', 'log.csv'],
    says: ['no JSON'],
  },
  {
    what: 'a report onto a full disk',
    code: 'MDCTR_FILE_ENOSPC',
    args: ['report', 'results.json'],
    files: {
      'results.json':
        '{"schemaVersion":2,"study":"S","split":"test","createdAt":"2022-01-01","environment":{},"data":{"rows":1,"fields":1,"domains":1,"trainRows":1,"evaluationRows":1},"baseline":null,"plannedTrials":0,"table":[],"trials":[]}',
    },
    says: ['report.html', 'Free some space'],
    writesFail: 'ENOSPC',
  },
];
