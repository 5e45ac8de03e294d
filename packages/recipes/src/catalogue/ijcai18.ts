import type { Recipe } from '../recipe.js';

/** Three decimals: some dozens of values for each of these shares, which lie close to 1. */
const SCORES = ['shop_review_positive_rate', 'shop_score_service', 'shop_score_delivery', 'shop_score_description'];

export const ijcai18: Recipe = {
  name: 'ijcai18',
  title: 'IJCAI-18 Alimama',
  summary:
    'Clicked search ads of Taobao in one week of 2018, the public data of the AdaSparse paper (there "IAAC"); the label is a purchase (`is_trade`), the domain the number of the result page (`context_page_id`).',
  rows: 478_138,
  domains: '20 pages',
  licence: 'contest data: research use, no redistribution',
  citation: 'Alimama International Advertising Algorithm Competition, IJCAI-18, Tianchi',
  home: 'https://tianchi.aliyun.com/competition/entrance/231647',
  downloads: [],
  byHand: 'Log in to Tianchi, accept the terms on the page, and download round1_ijcai_18_train_20180301.zip.',
  data: {
    source: {
      kind: 'files',
      files: ['round1_ijcai_18_train_20180301.txt'],
      csv: { delimiter: ' ', quotes: false },
    },
    label: 'is_trade',
    domain: 'context_page_id',
    fields: [
      '*',
      { name: 'item_property_list', list: { separator: ';' } },
      // A path `root;category` or `root;category;subcategory`.
      { name: 'item_category', expression: "split_part(item_category_list, ';', 2)" },
      // The times are shifted by whole days, so the hour of day is true: that of China.
      { name: 'hour', expression: '(CAST(context_timestamp AS BIGINT) + 8 * 3600) // 3600 % 24' },
      ...SCORES.map((name) => ({ name: `${name}_rounded`, expression: `round(CAST(${name} AS DOUBLE), 3)` })),
    ],
    exclude: ['instance_id', 'context_id', 'item_category_list', 'predict_category_property', ...SCORES],
    minFrequency: 2,
    split: { by: 'time', column: 'context_timestamp', validation: 0.1, test: 0.15 },
  },
  training: { epochs: 3, batchSize: 1024 },
  notes: [
    '2% of the rows are purchases: on 70,000 test rows the standard error of an AUC is about .008.',
    'predict_category_property holds lists inside a list and is left out.',
    '-1 stands for a missing value and is a value like any other.',
    'By time: validation is about the sixth day, test the seventh.',
  ],
  layoutFrom:
    'the contest’s description of its data, as in github.com/rogeroyer/dataCastle, IJCAI2018/note.md (rows, dates), and public solutions (27 columns, separated by blanks)',
};
