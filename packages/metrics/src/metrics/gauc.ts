import { defineMetric, EVERYWHERE } from '../metric.js';

/**
 * AUC inside each group, e.g. of a user's rows, averaged by the group's rows (impressions); groups of one class are
 * left out, and so are rows without a group. The gAUC of FuxiCTR. Source: Zhu et al., KDD 2018 (DIN), arXiv 1706.06978,
 * eq. 7.
 */
export const gauc = defineMetric({
  name: 'gauc',
  label: 'GAUC',
  description:
    'Mean of the AUC inside each group of `data.gaucBy` (users, say), weighted by their rows; groups of one class are left out. ' +
    'Absent without `data.gaucBy`, undefined where all groups are left out.',
  better: 'higher',
  decimals: 4,
  shownIn: EVERYWHERE,
  note: 'Domain AUC is the AUC inside domains, GAUC that inside the values of data.gaucBy, both weighted by rows.',
  byDomain: true,
  needs: {
    rows: 'groups',
    option: 'data.gaucBy',
    hint:
      'The meaning of "gauc" has changed: for the AUC inside domains, which it was, write "domainAuc". For the AUC inside users ' +
      '(or items, or sessions) name their column in data.gaucBy.',
  },
  compute: ({ groupAuc }) => groupAuc?.mean ?? null,
  whyUndefined: ({ groups }) => `none of ${groups} groups has both classes`,
});
