import type { Recipe } from '../recipe.js';

/** Fields of one value each, by where they stand. 109_14, 110_14, 127_14, 150_14 (what the user did) and 210 are lists. */
const USER = ['101', '121', '122', '124', '125', '126', '127', '128', '129'];
const AD = ['205', '206', '207', '216', '301', '508', '509', '702', '853'];

/** A list of features is `FIELD \x02 FEATURE \x03 VALUE`, joined by `\x01`. */
const feature = (field: string) => ({
  name: `f${field}`,
  expression: `nullif(regexp_extract(features, '(?:^|\\x01)${field}\\x02([^\\x03]*)', 1), '')`,
});

/** An index is one of its half of the data. */
const KEY = {
  name: 'common',
  expression: "CASE WHEN contains(mdctr_file, '_train.csv') THEN 'train/' ELSE 'test/' END || common_feature_index",
};

export const aliCcp: Recipe = {
  name: 'ali-ccp',
  title: 'Ali-CCP',
  summary:
    'Impressions of Taobao’s recommendations; the label is a click, the domain the position on the page (field 301).',
  rows: 85_316_519,
  domains: '3 positions',
  licence: 'Tianchi’s terms: research use',
  citation:
    'Ma et al., Entire Space Multi-Task Model: An Effective Approach for Estimating Post-Click Conversion Rate, SIGIR 2018, arXiv:1804.07931',
  home: 'https://tianchi.aliyun.com/dataset/408',
  downloads: [],
  byHand: 'Log in to Tianchi and download sample_train.tar.gz and sample_test.tar.gz; unpack both into one folder.',
  data: {
    source: {
      kind: 'files',
      files: ['sample_skeleton_train.csv'],
      csv: {
        header: ['sample_id', 'click', 'buy', 'common_feature_index', 'feature_num', 'features'],
        quotes: false,
      },
      columns: ['click', 'buy', KEY, ...AD.map(feature)],
      joins: [
        {
          files: ['common_features_train.csv', 'common_features_test.csv'],
          csv: { header: ['common_feature_index', 'feature_num', 'features'], quotes: false },
          key: 'common',
          columns: [KEY, ...USER.map(feature)],
        },
      ],
    },
    label: 'click',
    domain: 'f301',
    fields: [...USER, ...AD].map((field) => `f${field}`),
    // A purchase without a click is a fault of the log.
    where: "NOT (click = '0' AND buy = '1')",
    minFrequency: 10,
    split: { by: 'file', validation: [], test: ['sample_skeleton_test.csv'] },
  },
  notes: [
    'The published halves are kept: the test file is test, nothing is validation, so there is one epoch and nothing to choose.',
    'Lists of what a user did before (109_14, 110_14, 127_14, 150_14) and of intentions (210) are left out, and so are the values after \\x03, weights of lists and of 508, 509, 702, 853.',
    'About 85 million rows: some 6 GB for the encoded rows and more on disk while they are read. For a first look add to `where`: AND md5_number_lower(common) % 50 = 0.',
  ],
  layoutFrom:
    'tianchi.aliyun.com/dataset/408; github.com/Xiaopengli1/Scenario-Wise-Rec, scripts/data/ali-ccp/preprocess_ali_ccp.py (columns, separators, fields), README (rows by domain)',
};
